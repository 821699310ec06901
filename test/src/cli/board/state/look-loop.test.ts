import { setImmediate } from 'node:timers/promises';
import { beforeEach, expect, test } from 'vitest';
import { LookLoop } from '../../../../../src/cli/board/state/look-loop.ts';
import type { Trouble } from '../../../../../src/cli/board/state/trouble.ts';

const [SECOND, MINUTE] = [1_000, 60_000];
const CUT_OFF: Trouble = {
  ...{ lamp: 'cut off', reason: 'no answer', command: null, isOfCredentials: false },
};

let now: number;
let looks: number[];
let takes: number;
let fails: boolean;
let listens: boolean;
let pauses: { readonly until: number; readonly end: () => void }[];

beforeEach(() => {
  now = 1_000_000;
  looks = [];
  pauses = [];
  [takes, fails, listens] = [0, false, false];
});

function loop() {
  return new LookLoop({
    look: async () => {
      looks.push(now);
      now += takes;
      if (fails) throw new Error('broken');
    },
    diagnose: async () => CUT_OFF,
    now: () => now,
    hasListeners: () => listens,
    sleep: (ms, signal) =>
      new Promise<void>((done, reject) => {
        pauses.push({ until: now + ms, end: done });
        signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      }),
  });
}

/** Lets time pass, in which pauses end. */
async function pass(ms: number): Promise<void> {
  const end = now + ms;
  for (;;) {
    for (let turn = 0; turn < 3; turn += 1) await setImmediate();
    const last = pauses.at(-1);
    if (last === undefined || last.until > end) break;
    now = Math.max(now, last.until);
    last.end();
    pauses.length = 0;
  }
  now = end;
}

test('it looks every four seconds, and after a minute in which nobody asked once a minute', async () => {
  await using looking = loop();
  await looking.fresh(false);
  await pass(MINUTE);
  expect(looks.length).toBeGreaterThanOrEqual(15);
  expect(looks.length).toBeLessThanOrEqual(16);
  const before = looks.length;
  await pass(10 * MINUTE);
  expect(looks.length - before).toBeLessThanOrEqual(11);
});

test('who comes back is answered with a look at once, and then it looks often again', async () => {
  await using looking = loop();
  await looking.fresh(false);
  await pass(10 * MINUTE);
  await pass(30 * SECOND);
  const before = looks.length;
  await looking.fresh(false);
  expect(looks.length).toBe(before + 1);
  expect(looks.at(-1)).toBe(now);
  await pass(20 * SECOND);
  expect(looks.length).toBe(before + 6);
});

test('clients that listen are served as those who ask', async () => {
  listens = true;
  await using looking = loop();
  await looking.fresh(false);
  await pass(10 * MINUTE);
  expect(looks.length).toBeGreaterThanOrEqual(149);
});

test.for([
  [1.5, 4],
  [3, 6],
  [60, 64],
])(
  'a look that takes %d s is followed by the next %d s after it began',
  async ([long = 0, apart = 0]) => {
    listens = true;
    await using looking = loop();
    takes = long * SECOND;
    await looking.fresh(false);
    await pass(5 * SECOND);
    const [first = 0, second = 0] = looks;
    expect(second - first).toBe(apart * SECOND);
  },
);

test('many who ask at once share a look, and who asks again soon needs none', async () => {
  await using looking = loop();
  await Promise.all(Array.from({ length: 50 }, () => looking.fresh(false)));
  now += 4 * SECOND;
  await looking.fresh(false);
  expect(looks.length).toBe(1);
  await looking.fresh(true);
  expect(looks.length).toBe(2);
});

test('while AWS does not answer, nobody waits for it before the next try', async () => {
  fails = true;
  await using looking = loop();
  await looking.fresh(false);
  expect(looking.connection.status).toMatchObject({ lamp: 'cut off', reason: 'no answer' });
  now += SECOND;
  await looking.fresh(true);
  expect(looks.length).toBe(1);
  fails = false;
  await pass(10 * SECOND);
  expect(looking.connection.status.lamp).toBe('live');
});

test('a machine that slept for a night looks as soon as it is asked', async () => {
  await using looking = loop();
  await looking.fresh(false);
  now += 8 * 60 * MINUTE;
  await looking.fresh(false);
  expect(looks).toHaveLength(2);
});
