import { FAILED } from '../../shared/indexes.ts';
import type { NotificationRows } from '../aws/notification-rows.ts';
import type { JobSummary, TaskSummary } from '../aws/row-summary.ts';
import { TaskReadPace } from '../task-read-pace.ts';
import type { TaskCounts } from '../task-states.ts';
import { type FarmEvent, failedTasks, rowOf } from './farm-event.ts';
import { SeenRows } from './seen-rows.ts';

/** What a watch of a job shows. */
export interface TaskWatchOptions {
  /** Only what was sent at this time (ms since the epoch) or later; what comes from now on if it is not set. */
  readonly since?: number | undefined;
  /** Which tasks are shown, by their workers. */
  readonly fitsWorker?: (worker: string | undefined) => boolean;
  /** The minimum pause between two reads of all tasks, in ms. */
  readonly leastPause: number;
  /** Tells how long reads take, in ms. */
  readonly clock?: () => number;
}

/**
 * Shows what becomes of a job and its tasks: each version of their rows once. A row has the newest notification
 * only, so of several changes between two reads of a row the last is shown. Remembers what was shown.
 */
export class TaskWatch {
  /** The tasks by status when they were last read. */
  counts: TaskCounts = new Map();
  /** The job's row when it was last read; it has none until it first stops. */
  row: JobSummary | undefined;
  readonly #rows: NotificationRows;
  readonly #job: string;
  readonly #options: TaskWatchOptions;
  readonly #pace: TaskReadPace;
  readonly #seen = new SeenRows(Infinity);
  /** What was read at the beginning and is to be shown. */
  #events: FarmEvent[] = [];

  constructor(rows: NotificationRows, job: string, options: TaskWatchOptions) {
    this.#rows = rows;
    this.#job = job;
    this.#options = options;
    this.#pace = new TaskReadPace(options.leastPause, options.clock);
  }

  /** Reads all. Unless there is a time from which on to show, takes what the tables have by now as seen. */
  async begin(): Promise<void> {
    this.#events = await this.#read(this.#options.since ?? Infinity);
  }

  /**
   * Shows what is new, oldest first; what was sent at an unknown time comes last. Reads the tasks if that is due,
   * or if the job stopped. If a read fails, what was not shown is new in the next look.
   */
  async look(show: (event: FarmEvent) => void): Promise<void> {
    this.#show(this.#events.splice(0), show);
    this.#show(await this.#read(this.#options.since ?? 0), show);
  }

  #show(events: readonly FarmEvent[], show: (event: FarmEvent) => void): void {
    const { fitsWorker = () => true } = this.#options;
    for (const event of events) {
      if (event.task === undefined || fitsWorker(event.task.worker)) show(event);
      this.#seen.add(rowOf(event));
    }
  }

  async #read(since: number): Promise<FarmEvent[]> {
    const job = await this.#rows.job(this.#job);
    this.row = job;
    const hasStopped = job !== undefined && !this.#seen.has(job);
    if (!hasStopped && !this.#pace.isDue) return [];
    const { changed, failed } = await this.#pace.read(() => this.#readTasks(since));
    const events: FarmEvent[] = changed.map((task) => ({ task, job }));
    if (hasStopped) {
      if (isSince(job, since)) events.push({ job, failed: failedTasks(failed) });
      else this.#seen.add(job);
    }
    return events.sort((one, other) => sentTime(one) - sentTime(other));
  }

  /** Counts all tasks. Of those that changed, returns the ones that were sent at a time or later. */
  async #readTasks(since: number): Promise<Record<'changed' | 'failed', TaskSummary[]>> {
    const counts = new Map<string, number>();
    const changed: TaskSummary[] = [];
    const failed: TaskSummary[] = [];
    for await (const task of this.#rows.namedTasks(this.#job)) {
      const { status = 'unknown' } = task;
      counts.set(status, (counts.get(status) ?? 0) + 1);
      if (status === FAILED) failed.push(task);
      if (this.#seen.has(task)) continue;
      if (isSince(task, since)) changed.push(task);
      else this.#seen.add(task);
    }
    this.counts = counts;
    return { changed, failed };
  }
}

/** What was sent at an unknown time counts as sent now. */
function isSince({ sent = Date.now() }: JobSummary | TaskSummary, since: number): boolean {
  return sent >= since;
}

function sentTime(event: FarmEvent): number {
  return rowOf(event).sent ?? Number.MAX_VALUE;
}
