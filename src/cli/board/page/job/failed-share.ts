import type { CellStatus } from './task-cells.ts';

/** Tasks side by side, as one column. */
export interface ShareColumn {
  readonly failed: number;
  readonly rendering: number;
  /** Those of which anything came. */
  readonly seen: number;
}

/** How many tasks are shown in cells below the canvas. */
export const SHOWN_CELLS = 41;

const STEPS = [5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000];
/** The least width of a column and its gap, in CSS pixels. */
const COLUMN = 3;

/** How many tasks a column has, so that all of them are in one line. */
export function tasksPerColumn(count: number, width: number): number {
  const most = Math.max(1, Math.floor(width / COLUMN));
  return STEPS.find((step) => count / step <= most) ?? Math.ceil(count / most);
}

export function shareColumns(statuses: readonly CellStatus[], perColumn: number): ShareColumn[] {
  const columns: ShareColumn[] = [];
  for (let begin = 0; begin < statuses.length; begin += perColumn) {
    const some = statuses.slice(begin, begin + perColumn);
    columns.push({
      failed: some.filter((status) => status === 'failed').length,
      rendering: some.filter((status) => status === 'rendering').length,
      seen: some.filter((status) => status !== 'none').length,
    });
  }
  return columns;
}

/** The densest place of a sorted list of tasks: the first and the last of the most that are within a span. */
export function densest(
  tasks: readonly number[],
  span: number,
): { readonly first: number; readonly last: number; readonly count: number } | undefined {
  let best: { first: number; last: number; count: number } | undefined;
  let begin = 0;
  for (const [end, last] of tasks.entries()) {
    while (last - (tasks[begin] ?? last) >= span) begin += 1;
    const count = end - begin + 1;
    if (count > (best?.count ?? 0)) best = { first: tasks[begin] ?? last, last, count };
  }
  return best;
}

/** The first task of the cells that are shown: with a task in their middle, or else the worst place. */
export function firstShown(count: number, failed: readonly number[], task: number | null): number {
  const worst = densest(failed, SHOWN_CELLS);
  const middle = task ?? (worst ? Math.floor((worst.first + worst.last) / 2) : 0);
  return clampShown(count, middle - Math.floor(SHOWN_CELLS / 2));
}

export function clampShown(count: number, first: number): number {
  return Math.max(0, Math.min(first, count - SHOWN_CELLS));
}
