/** An hour of a worker, or several where the span is long. */
export interface HourCell {
  /** In ms since the epoch. */
  readonly begin: number;
  readonly failed: number;
  /** How dark it is, from 0 for none to 4 for the most of all workers. */
  readonly level: 0 | 1 | 2 | 3 | 4;
}

const HOUR = 3_600_000;
/** What is dark, if no worker has more. */
const LEAST_MOST = 4;
/** The most cells that a strip has. */
const MOST = 24;

/** How many hours a cell has, so that a strip is not too long. */
export function hoursPerCell(hours: number): number {
  return Math.max(1, Math.ceil(hours / MOST));
}

/**
 * The strip of a worker.
 *
 * @param byHour how many tasks failed in each hour since `since`
 * @param most the most of any worker in a cell
 */
export function hourCells(byHour: readonly number[], since: number, most: number): HourCell[] {
  return sums(byHour).map((failed, index) => ({
    begin: since + index * hoursPerCell(byHour.length) * HOUR,
    failed,
    level: failed === 0 || most === 0 ? 0 : (Math.ceil((4 * failed) / most) as HourCell['level']),
  }));
}

/** The most failed tasks of any worker in a cell, at least so many that a single one is not dark. */
export function mostFailed(
  workers: readonly { readonly failedByHour: readonly number[] }[],
): number {
  return workers.reduce(
    (most, { failedByHour }) => sums(failedByHour).reduce((a, b) => Math.max(a, b), most),
    LEAST_MOST,
  );
}

function sums(byHour: readonly number[]): number[] {
  const size = hoursPerCell(byHour.length);
  return Array.from({ length: Math.ceil(byHour.length / size) }, (_, index) =>
    byHour.slice(index * size, (index + 1) * size).reduce((a, b) => a + b, 0),
  );
}
