import { expect, test } from 'vitest';
import type {
  Answer,
  Invocation,
  Invocations,
} from '../../../../bench/convergence/exhaustive/invocations.ts';
import type { PendingEdit } from '../../../../bench/convergence/exhaustive/pending-edit.ts';
import { searchSchedules } from '../../../../bench/convergence/exhaustive/schedule-search.ts';
import { WORLDS, type WorldItem } from '../../../../bench/convergence/exhaustive/worlds.ts';

const [{ items }] = WORLDS as [(typeof WORLDS)[number]];
const [first, second] = items as [WorldItem, WorldItem];

/**
 * Invocations that write without reading. The state of the row is the number of its item, plus 1.
 *
 * @param apply the state after a write of an item
 */
function writing(apply: (item: WorldItem, state: number) => number | 'lost'): Invocations {
  const write = (item: WorldItem): Invocation => {
    const edit = { id: item.number, row: 0, apply: (state: number) => apply(item, state) };
    const edits = [edit as PendingEdit];
    const step = { does: 'write', edits, isRecorded: true } as const;
    return { id: item.number, items: [item], answers: [], step };
  };
  return {
    begin: ([item]: readonly WorldItem[]) => write(item as WorldItem),
    next: ({ id, items }: Invocation, answer: Answer) =>
      answer === 'none'
        ? write(items[0] as WorldItem)
        : {
            id: id + 10,
            items,
            answers: [],
            step: { does: 'end', stored: items, isRecorded: true },
          },
  } as unknown as Invocations;
}

const search = (some: readonly WorldItem[], invocations: Invocations, losses = 0) =>
  searchSchedules(
    { items: some, batches: some.map((item) => [item]), expected: [some.length], entries: [] },
    invocations,
    losses,
  );

const inserting = writing((item, state) => (state === 0 ? item.number + 1 : 'lost'));

test('the schedules of one insert are five', async () => {
  // Written and acknowledged. Written, killed, written in vain. Killed, and of the two writes the stray one
  // comes before the redelivery, during it, or not at all.
  expect(await search([first], inserting)).toMatchObject({ all: 5n, wrong: 0n });
});

test('the loss of an answer adds schedules', async () => {
  // Its write comes before the next one or not at all. Each time the next one is as above, but for the two
  // strays, which are the same.
  const { all, wrong } = await search([first], inserting, 1);
  expect(all).toBeGreaterThan(10n);
  expect(wrong).toBe(0n);
});

test('two writers that do not look leave the older one in some schedules, not in all', async () => {
  const unconditional = writing((item) => item.number + 1);
  const { all, wrong, example } = await search([first, second], unconditional);
  expect(wrong).toBeGreaterThan(0n);
  expect(wrong).toBeLessThan(all);
  expect(example).toBeDefined();
});

test('two that only replace an older one leave the newer one in all', async () => {
  const conditional = writing((item, state) => (state <= item.number ? item.number + 1 : 'lost'));
  expect(await search([first, second], conditional)).toMatchObject({ wrong: 0n });
});

/**
 * Invocations that record an entry, then write a row.
 *
 * @param heeds whether they write no row whose entry was refused
 * @param isRecorded whether they know of the entry when they acknowledge its message
 */
function recording(heeds: boolean, isRecorded = true): Invocations {
  const steps = (item: WorldItem): Invocation[] => {
    const edit = { id: item.number, row: 0, apply: () => item.number + 1 };
    const edits = [edit as unknown as PendingEdit];
    const all: Invocation['step'][] = [
      { does: 'record', entries: [item.entry] },
      { does: 'write', edits, isRecorded: true },
      { does: 'write', edits, isRecorded: false },
      { does: 'end', stored: [item], isRecorded },
      { does: 'end', stored: [], isRecorded: true },
    ];
    return all.map((step, id) => ({ id: 10 * item.number + id, items: [item], answers: [], step }));
  };
  return {
    begin: ([item]: readonly WorldItem[]) => steps(item as WorldItem)[0],
    next: ({ items: [item], step }: Invocation, answer: Answer) => {
      const [record, write, writeUnrecorded, end, refused] = steps(item as WorldItem);
      if (step.does === 'write' && answer === 'none')
        return step.isRecorded ? write : writeUnrecorded;
      if (step.does === 'write') return end;
      if (answer === 'none') return record;
      if (answer[0] !== 'refused') return write;
      return heeds ? refused : writeUnrecorded;
    },
  } as unknown as Invocations;
}

test('an entry before its row is never missing, if the row waits for it', async () => {
  const found = await searchSchedules(
    { items: [first], batches: [[first]], expected: [1], entries: [0] },
    recording(true),
    1,
  );
  expect(found.wrong).toBe(0n);
});

test('a row that is written although its entry was refused is wrong, as is an entry that is missing', async () => {
  const deliveries = { items: [first], batches: [[first]], expected: [1] };
  const heedless = await searchSchedules({ ...deliveries, entries: [0] }, recording(false), 1);
  expect(heedless.wrong).toBeGreaterThan(0n);
  expect(heedless.wrong).toBeLessThan(heedless.all);
  expect(heedless.example?.join()).toContain('is refused the entry 0');
  const missing = await searchSchedules({ ...deliveries, entries: [0] }, recording(true, false), 0);
  expect(missing.wrong).toBe(missing.all);
});
