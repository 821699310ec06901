import { COMPLETED } from './status.ts';
import { TaskReadPace } from './task-read-pace.ts';
import { countWords, sum, type TaskCounts } from './task-states.ts';

/** Counts the tasks of a job now and then. */
export class TaskCounter {
  readonly #count: () => Promise<TaskCounts>;
  readonly #pace: TaskReadPace;
  #counts: TaskCounts | undefined;

  /** @param leastPause the minimum pause between two counts, in ms */
  constructor(count: () => Promise<TaskCounts>, leastPause: number) {
    this.#count = count;
    this.#pace = new TaskReadPace(leastPause);
  }

  /** The latest counts; counts again if they are outdated. */
  async counts(): Promise<TaskCounts> {
    if (this.#counts === undefined || this.#pace.isDue) {
      this.#counts = await this.#pace.read(this.#count);
    }
    return this.#counts;
  }
}

/**
 * The progress of a job: `12 of 40 tasks done, 2 failed, 3 rendering`.
 *
 * @param total how many tasks the job has, if known: it has no row until it first stops
 */
export function progressText(counts: TaskCounts, total: number | undefined): string {
  const seen = sum(counts);
  if (seen === 0 && total === undefined) return 'nothing received yet';
  const done = counts.get(COMPLETED) ?? 0;
  const others = countWords(new Map([...counts].filter(([status]) => status !== COMPLETED)));
  const texts = others.map(({ count, word }) => `${count} ${word}`);
  return [doneText(done, seen, total), ...texts].join(', ');
}

function doneText(done: number, seen: number, total: number | undefined): string {
  // Tasks can be added to a job, so there may be more than the row says.
  if (total !== undefined && total >= seen) {
    return `${done} of ${total} ${total === 1 ? 'task' : 'tasks'} done`;
  }
  return `${done} of ${seen} started ${seen === 1 ? 'task' : 'tasks'} done`;
}
