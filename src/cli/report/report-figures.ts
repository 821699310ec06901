import type { Figures } from '../statistics/totals.ts';

type Summed = 'renderSeconds' | 'wastedSeconds' | 'errors' | 'outputBytes';

/**
 * A sum over the tasks of jobs: null if no row tells it.
 *
 * @param figures `undefined` if there was no job: then it is 0
 */
export function summed(figures: Figures | undefined, name: Summed): number | null {
  if (figures === undefined) return 0;
  const value = figures[name];
  return value === null ? null : Number(value);
}

/** All of them together. */
export function sum(values: Iterable<number>): number {
  return [...values].reduce((all, each) => all + each, 0);
}
