/** How many tasks of a job have which status. A task that has not started is in none. */
export type TaskCounts = ReadonlyMap<string, number>;

/** How many times as long as a count took is left before the next one. */
const PAUSE_FACTOR = 20;

/**
 * Counts the tasks of a job now and then. DynamoDB has no count of its own: it reads, and bills, every
 * task, some hundred pages for a job of 100,000. So a count that takes long is made seldom: however many
 * tasks there are, no more than a twentieth of the time is spent on counting.
 */
export class TaskCounter {
  readonly #count: () => Promise<TaskCounts>;
  readonly #leastPause: number;
  #counts: TaskCounts | undefined;
  /** When to count again, as `performance.now()` has it. */
  #next = 0;

  /** @param leastPause between two counts, in ms */
  constructor(count: () => Promise<TaskCounts>, leastPause: number) {
    this.#count = count;
    this.#leastPause = leastPause;
  }

  /** The counts, as they were not long ago. */
  async counts(): Promise<TaskCounts> {
    const begin = performance.now();
    if (this.#counts && begin < this.#next) return this.#counts;
    this.#counts = await this.#count();
    const end = performance.now();
    this.#next = end + Math.max(this.#leastPause, PAUSE_FACTOR * (end - begin));
    return this.#counts;
  }
}

const DONE = 'Completed';

/**
 * How far a job is, for a person: `12 of 40 tasks done, 2 failed, 3 rendering`.
 *
 * @param total how many tasks the job has, if a row of it says so: there is none until it first stops
 */
export function progressText(counts: TaskCounts, total: number | undefined): string {
  const seen = sum(counts);
  if (seen === 0 && total === undefined) return 'nothing has come of it or its tasks yet';
  const done = counts.get(DONE) ?? 0;
  const others = [...counts]
    .filter(([status]) => status !== DONE)
    .map(([status, count]) => `${count} ${status.toLowerCase()}`);
  return [doneText(done, seen, total), ...others.sort()].join(', ');
}

function doneText(done: number, seen: number, total: number | undefined): string {
  // More may have been seen than the row says: tasks can be added to a job.
  if (total !== undefined && total >= seen) {
    return `${done} of ${total} ${total === 1 ? 'task' : 'tasks'} done`;
  }
  if (seen === 1) return `${done} of the 1 task that has started is done`;
  return `${done} of the ${seen} tasks that have started ${done === 1 ? 'is' : 'are'} done`;
}

/** How many tasks have been seen, whatever their status. */
export function sum(counts: TaskCounts): number {
  return [...counts.values()].reduce((total, count) => total + count, 0);
}
