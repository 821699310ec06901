import { COMPLETED } from './status.ts';
import { countWords, sum, type TaskCounts } from './task-states.ts';

/** The pause after a count, as a multiple of the time the count took. */
const PAUSE_FACTOR = 20;

/**
 * Counts the tasks of a job now and then. To count, DynamoDB reads and bills every task: about a hundred
 * pages for a job of 100,000. Slow counts are therefore repeated less often, so that counting takes no
 * more than a twentieth of the time, however many tasks there are.
 */
export class TaskCounter {
  readonly #count: () => Promise<TaskCounts>;
  readonly #leastPause: number;
  #counts: TaskCounts | undefined;
  /** When to count again, in terms of `performance.now()`. */
  #next = 0;

  /** @param leastPause the minimum pause between two counts, in ms */
  constructor(count: () => Promise<TaskCounts>, leastPause: number) {
    this.#count = count;
    this.#leastPause = leastPause;
  }

  /** The latest counts; counts again if they are outdated. */
  async counts(): Promise<TaskCounts> {
    const begin = performance.now();
    if (this.#counts && begin < this.#next) return this.#counts;
    this.#counts = await this.#count();
    const end = performance.now();
    this.#next = end + Math.max(this.#leastPause, PAUSE_FACTOR * (end - begin));
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
