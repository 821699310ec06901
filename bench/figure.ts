/** A figure measured in several rounds. */
export interface Figure {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** The median and the range of several rounds. */
export function summarize(values: readonly number[]): Figure {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] as number;
  const lower = sorted.length % 2 === 0 ? (sorted[middle - 1] as number) : upper;
  return { median: (lower + upper) / 2, min: sorted[0] as number, max: sorted.at(-1) as number };
}

/** The ratio of two subjects, taken round by round, so that anything that slows a whole round cancels out. */
export function summarizeRatio(values: readonly number[], others: readonly number[]): Figure {
  return summarize(values.map((value, round) => value / (others[round] as number)));
}
