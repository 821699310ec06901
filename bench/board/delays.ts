import type { Row } from '../markdown.ts';

/** What the board is to keep, from a row to the page, in ms. */
const GOAL = 5_000;

/** How delays (in ms) are distributed, in seconds: each value is one that was measured. */
export function distribution(delays: readonly number[]): Row {
  const sorted = delays.toSorted((a, b) => a - b);
  /** The smallest that so many of a hundred do not exceed. */
  const percentile = (percent: number) =>
    (sorted[Math.max(0, Math.ceil((sorted.length * percent) / 100) - 1)] ?? Number.NaN) / 1_000;
  return {
    measured: delays.length,
    median: percentile(50),
    '95 %': percentile(95),
    '99 %': percentile(99),
    largest: percentile(100),
    'over 5 s, %': (100 * sorted.filter((delay) => delay > GOAL).length) / sorted.length,
  };
}
