import type { Transition } from './history-entry.ts';

/** Orders transitions by their notifications' own times. Ids have them to 100 ns, of transitions of one job. */
export function byTime(a: Transition, b: Transition): number {
  return compare(a.at, b.at) || compare(a.id, b.id);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
