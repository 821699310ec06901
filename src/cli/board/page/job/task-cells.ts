import { frameEnds } from '../../../../shared/frames.ts';
import type { TaskState } from '../../state/farm-state.ts';

/** What a cell shows. `none`: nothing came; `other`: a status that has no mark. */
export type CellStatus =
  | 'failed'
  | 'completed'
  | 'rendering'
  | 'suspended'
  | 'requeued'
  | 'other'
  | 'none';

/** In the order of how much someone has to act on them. */
export const CELL_STATUSES: readonly CellStatus[] = [
  ...(['failed', 'completed', 'rendering', 'requeued', 'suspended', 'other', 'none'] as const),
];

const BY_WORD: Readonly<Record<string, CellStatus>> = {
  Failed: 'failed',
  Completed: 'completed',
  Rendering: 'rendering',
  Suspended: 'suspended',
  // A task has a notification only once it started: one that is queued was started before.
  Queued: 'requeued',
};

/** The largest id that has a cell: more tasks than a job has, fewer than memory. */
const LARGEST_ID = 1_000_000;

/** How the cells are laid out: in rows of wide cells, in small cells, or as the three stages with a canvas. */
export type CellLayout = 'wide' | 'small' | 'stages';

export function cellLayout(count: number): CellLayout {
  if (count <= 120) return 'wide';
  return count <= 600 ? 'small' : 'stages';
}

/** A job's tasks by their places. */
export interface TaskCells {
  /** What the cell of each id shows, from 0. */
  readonly statuses: readonly CellStatus[];
  readonly counts: ReadonlyMap<CellStatus, number>;
  /** The ids of failed tasks, ascending. */
  readonly failed: readonly number[];
  readonly byId: ReadonlyMap<number, TaskState>;
  /** Tasks whose ids have no place, such as a word. */
  readonly others: readonly TaskState[];
}

export function cellStatus(status: string | null): CellStatus {
  return (Object.hasOwn(BY_WORD, status ?? '') ? BY_WORD[status ?? ''] : undefined) ?? 'other';
}

/**
 * Gives each task its place.
 *
 * @param total how many tasks the job has; null if it never stopped: there are then as many as the largest id tells
 */
export function taskCells(tasks: readonly TaskState[], total: number | null): TaskCells {
  const byId = new Map<number, TaskState>();
  const others: TaskState[] = [];
  let count = Math.min(Math.max(total ?? 0, 0), LARGEST_ID);
  for (const task of tasks) {
    const id = task.task;
    if (typeof id === 'number' && Number.isInteger(id) && id >= 0 && id < LARGEST_ID) {
      byId.set(id, task);
      count = Math.max(count, id + 1);
    } else others.push(task);
  }
  const statuses = new Array<CellStatus>(count).fill('none');
  for (const [id, { status }] of byId) statuses[id] = cellStatus(status);
  const counts = new Map<CellStatus, number>();
  const failed: number[] = [];
  for (const [id, status] of statuses.entries()) {
    counts.set(status, (counts.get(status) ?? 0) + 1);
    if (status === 'failed') failed.push(id);
  }
  return { statuses, counts, failed, byId, others };
}

/** The failed task after another, or before it; around the end it goes on at the other one. */
export function nextFailed(
  failed: readonly number[],
  from: number | null,
  step: 1 | -1,
): number | undefined {
  if (from === null) return failed.at(step === 1 ? 0 : -1);
  if (step === 1) return failed.find((id) => id > from) ?? failed[0];
  return failed.findLast((id) => id < from) ?? failed.at(-1);
}

/**
 * Gives the first frame of a task by its id, also of one that never started, where the frames of all that did
 * start are in one step. Else only of those that started.
 */
export function firstFrames(cells: TaskCells): (id: number) => number | undefined {
  const known = new Map<number, number>();
  for (const [id, { frames }] of cells.byId) {
    const { first } = frameEnds(frames ?? '');
    if (first !== undefined) known.set(id, Number(first));
  }
  const [one, two] = known;
  if (one && two) {
    const step = (two[1] - one[1]) / (two[0] - one[0]);
    const begin = one[1] - one[0] * step;
    const isEven = [...known].every(([id, frame]) => frame === begin + id * step);
    if (isEven && Number.isInteger(step) && step > 0) return (id) => begin + id * step;
  }
  return (id) => known.get(id);
}
