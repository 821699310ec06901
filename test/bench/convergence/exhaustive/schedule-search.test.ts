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
    const step = { does: 'write', edits: [edit as PendingEdit] } as const;
    return { id: item.number, items: [item], answers: [], step };
  };
  return {
    begin: ([item]: readonly WorldItem[]) => write(item as WorldItem),
    next: ({ id, items }: Invocation, answer: Answer) =>
      answer === 'none'
        ? write(items[0] as WorldItem)
        : { id: id + 10, items, answers: [], step: { does: 'end', stored: items } },
  } as unknown as Invocations;
}

const search = (some: readonly WorldItem[], invocations: Invocations, losses = 0) =>
  searchSchedules(
    { items: some, batches: some.map((item) => [item]), expected: [some.length] },
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
