import type { HistoryEntries } from '../aws/history-entries.ts';
import type { NotificationRows } from '../aws/notification-rows.ts';
import type { JobSummary } from '../aws/row-summary.ts';
import { concurrently } from '../concurrently.ts';
import type { JobCount } from './statistics.ts';
import { wastedTries } from './wasted-tries.ts';

/** Jobs of which tasks are read at once. */
export const JOBS_AT_ONCE = 8;

/** Where jobs are read. */
export interface JobSource {
  readonly rows: Pick<NotificationRows, 'measuredTasks'>;
  /** `undefined` where the history is off. */
  readonly entries: Pick<HistoryEntries, 'ofJob'> | undefined;
}

/**
 * Reads the tasks of jobs, some jobs at once and a page of each at a time, and what the history has of them.
 *
 * @param count takes what is read of a job
 * @param onDone is called when a job was read
 */
export async function readJobs(
  jobs: Iterable<JobSummary>,
  source: JobSource,
  count: (job: JobSummary) => JobCount,
  onDone: (job: JobSummary) => void = () => undefined,
): Promise<void> {
  const left = Iterator.from(jobs);
  await concurrently(JOBS_AT_ONCE, async (failure) => {
    for (const job of left) {
      failure.throwIfAborted();
      await readJob(job, source, count(job));
      onDone(job);
    }
  });
}

/** Reads the tasks of a job, a page at a time, and what the history has of it. */
export async function readJob(
  { job }: JobSummary,
  { rows, entries }: JobSource,
  { addTask, addWasted }: JobCount,
): Promise<void> {
  for await (const page of rows.measuredTasks(job)) {
    for (const task of page) addTask(task);
  }
  if (entries) (await wastedTries(entries.ofJob(job))).forEach(addWasted);
}
