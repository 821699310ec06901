import { expect, test } from 'vitest';
import { searchWorld } from '../../../../bench/convergence/exhaustive/search-world.ts';
import { WORLDS } from '../../../../bench/convergence/exhaustive/worlds.ts';
import { NEWEST_BY } from '../../../../src/shared/setting-values.ts';

const { signal } = new AbortController();
const BOUNDS = { invocations: 2, losses: 1 };

test.for(NEWEST_BY.flatMap((newestBy) => WORLDS.map((world) => ({ ...world, newestBy }))))(
  '$name, newest by $newestBy: no schedule of two invocations leaves a row or the history wrong',
  async (world) => {
    const { wrong, example, all } = await searchWorld(world, world.newestBy, BOUNDS, signal);
    expect({ wrong, example }).toEqual({ wrong: 0n, example: undefined });
    expect(all).toBeGreaterThan(10_000n);
  },
);

test.for([
  'two stops at the same time, without `Timestamp`, and a later one',
  'three stops at the same time',
])('%s: nor does one of three invocations', async (name) => {
  const world = WORLDS.find((each) => each.name === name) as (typeof WORLDS)[number];
  const bounds = { invocations: 3, losses: 0 };
  const { wrong, example } = await searchWorld(world, 'sent_timestamp', bounds, signal);
  expect({ wrong, example }).toEqual({ wrong: 0n, example: undefined });
});

test('a row that is not as it must be is found, with the steps that lead to it', async () => {
  const [world] = WORLDS as [(typeof WORLDS)[number]];
  const other = { ...world, newest: { sent_timestamp: [1], timestamp: [1] } };
  const { all, wrong, example } = await searchWorld(other, 'sent_timestamp', BOUNDS, signal);
  expect(wrong).toBe(all);
  expect(example).toContainEqual(expect.stringContaining('acknowledges'));
});

test.for([
  ['doubled', 'one after another, by clocks that differ', [0, 1, 1]],
  ['missing', 'a start that its sender repeats after the stop', [0, 1, 2]],
] as const)('an entry that is %s is found', async ([, name, entries]) => {
  const world = WORLDS.find((each) => each.name === name) as (typeof WORLDS)[number];
  const items = world.items.map((item, index) => ({ ...item, entry: entries[index] as number }));
  const bounds = { invocations: 1, losses: 0 };
  const { wrong, all } = await searchWorld({ ...world, items }, 'sent_timestamp', bounds, signal);
  expect(wrong).toBe(all);
});
