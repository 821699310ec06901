import type { NewestBy } from '../../../src/shared/setting-values.ts';
import { Invocations } from './invocations.ts';
import { RowStates } from './row-states.ts';
import { type SearchResult, searchSchedules } from './schedule-search.ts';
import { allBatches, type World } from './worlds.ts';

/** What bounds a search. */
export interface Bounds {
  /** Concurrent invocations, at most. */
  readonly invocations: number;
  /** Answers that get lost in a schedule, at most. */
  readonly losses: number;
}

/** What was found in a world. */
export interface WorldResult extends SearchResult {
  /** The number of ways to deliver its notifications to concurrent invocations. */
  readonly deliveries: number;
}

/** Searches all schedules of all ways to deliver a world's notifications. */
export async function searchWorld(
  { items, newest }: World,
  newestBy: NewestBy,
  { invocations: most, losses }: Bounds,
  signal: AbortSignal,
): Promise<WorldResult> {
  const states = new RowStates();
  const rows = [...new Set(items.map(({ id }) => id))];
  const expected = newest[newestBy].map((number) => states.state(items[number]?.attributes ?? {}));
  const entries = [...new Set(items.map(({ entry }) => entry))].sort((a, b) => a - b);
  const invocations = new Invocations(rows, newestBy, states);
  let [deliveries, all, wrong, situations] = [0, 0n, 0n, 0];
  let example: SearchResult['example'];
  for (const batches of allBatches(items, most)) {
    signal.throwIfAborted();
    const found = await searchSchedules({ items, batches, expected, entries }, invocations, losses);
    deliveries += 1;
    all += found.all;
    wrong += found.wrong;
    situations += found.situations;
    example ??= found.example;
  }
  return { deliveries, all, wrong, situations, example };
}
