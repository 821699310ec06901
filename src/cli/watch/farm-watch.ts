import { MAX_KEYS } from '../../ingest/store/row-store.ts';
import { FAILED } from '../../shared/indexes.ts';
import type { NotificationRows } from '../aws/notification-rows.ts';
import type { JobSummary, TaskSummary } from '../aws/row-summary.ts';
import { firstOf, mergeNewestFirst, mergeOldestFirst, pagesOf } from '../iterate.ts';
import { JobFilter } from '../job-filter.ts';
import { beginning } from '../job-times.ts';
import { MOST_ROWS } from '../listing.ts';
import { type FailedTasks, type FarmEvent, failedTasks, rowOf } from './farm-event.ts';
import { LOOK_BACK, SeenRows } from './seen-rows.ts';

/** The reads of a farm's rows that a watch is made of. */
export type FarmRows = Pick<
  NotificationRows,
  'jobs' | 'failedTasks' | 'jobsSince' | 'failedTasksSince' | 'jobsOf' | 'hasTaskOn'
>;

/** What a watch of the farm shows. */
export interface FarmWatchOptions {
  /** Only what was sent at this time (ms since the epoch) or later; what comes from now on if it is not set. */
  readonly since?: number | undefined;
  readonly filter?: JobFilter;
  /** Whether failed jobs are shown with their failed tasks. */
  readonly withFailedTasks?: boolean;
}

/** Shows what stops and fails on the farm, from the indexes: each version of a row once. */
export class FarmWatch {
  readonly #rows: FarmRows;
  readonly #since: number | undefined;
  readonly #filter: JobFilter;
  readonly #withFailedTasks: boolean;
  readonly #seen: SeenRows;

  /** @param now the time in ms since the epoch */
  constructor(
    rows: FarmRows,
    { since, filter = new JobFilter({}), withFailedTasks = false }: FarmWatchOptions = {},
    now: () => number = Date.now,
  ) {
    this.#rows = rows;
    this.#since = since;
    this.#filter = filter;
    this.#withFailedTasks = withFailedTasks;
    this.#seen = new SeenRows(LOOK_BACK, now);
  }

  /** Unless there is a time from which on to show, takes what the tables have by now as seen. */
  async begin(): Promise<void> {
    if (this.#since !== undefined) return;
    const all = { since: 0 };
    for await (const row of mergeNewestFirst<JobSummary | TaskSummary>(
      this.#rows.jobs(all),
      this.#rows.failedTasks(all),
    )) {
      if (row.sent === undefined || row.sent < this.#seen.oldest) return;
      this.#seen.add(row);
    }
  }

  /** Shows what is new, oldest first. If a read fails, what was not shown is new in the next look. */
  async look(show: (event: FarmEvent) => void): Promise<void> {
    const since = Math.max(this.#since ?? 0, this.#seen.oldest);
    const rows = mergeOldestFirst<JobSummary | TaskSummary>(
      this.#rows.jobsSince(since),
      this.#rows.failedTasksSince(since),
    );
    for await (const page of pagesOf(MAX_KEYS, this.#unseen(rows))) {
      for (const event of await this.#events(page)) {
        if (await this.#fits(event)) show(event);
        this.#seen.add(rowOf(event));
      }
    }
  }

  async *#unseen<T extends JobSummary | TaskSummary>(rows: AsyncIterable<T>): AsyncGenerator<T> {
    for await (const row of rows) if (!this.#seen.has(row)) yield row;
  }

  async #events(page: readonly (JobSummary | TaskSummary)[]): Promise<FarmEvent[]> {
    const jobs = await this.#rows.jobsOf(
      new Set(page.filter((row) => !isJob(row)).map(({ job }) => job)),
    );
    const failedJobs = page.filter(isJob).filter(({ status }) => status === FAILED);
    const failed = this.#withFailedTasks ? await this.#failedTasksOf(failedJobs) : undefined;
    return page.map((row) =>
      isJob(row)
        ? { job: row, failed: failed?.get(row.job) }
        : { task: row, job: jobs.get(row.job) },
    );
  }

  /** The failed tasks of each job, unless there are too many on the farm since the first of them began. */
  async #failedTasksOf(
    jobs: readonly JobSummary[],
  ): Promise<ReadonlyMap<string, FailedTasks> | undefined> {
    if (jobs.length === 0) return undefined;
    const since = Math.min(...jobs.map(beginning));
    const read = firstOf(MOST_ROWS, this.#rows.failedTasksSince(since));
    const all = await Array.fromAsync(read);
    if (all.length === MOST_ROWS) return undefined;
    const byJob = Map.groupBy(all, ({ job }) => job);
    return new Map(jobs.map(({ job }) => [job, failedTasks(byJob.get(job) ?? [])]));
  }

  async #fits({ task, job }: FarmEvent): Promise<boolean> {
    if (this.#filter.missed(job).length > 0) return false;
    const fitsWorker = (worker: string | undefined) => this.#filter.fitsWorker(worker);
    if (task !== undefined) return fitsWorker(task.worker);
    return !this.#filter.hasWorker || this.#rows.hasTaskOn(job.job, fitsWorker);
  }
}

function isJob(row: JobSummary | TaskSummary): row is JobSummary {
  return !('task' in row);
}
