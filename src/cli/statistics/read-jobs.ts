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
 * @param jobs those that are added while others are read are read, too
 * @param count takes what is read of a job
 * @param onDone is called when a job was read
 */
export async function readJobs(
  jobs: Iterable<JobSummary>,
  { rows, entries }: JobSource,
  count: (job: JobSummary) => JobCount,
  onDone: (job: JobSummary) => void = () => undefined,
): Promise<void> {
  const left = Iterator.from(jobs);
  await concurrently(JOBS_AT_ONCE, async (failure) => {
    for (const job of left) {
      failure.throwIfAborted();
      const counted = count(job);
      for await (const page of rows.measuredTasks(job.job)) {
        for (const task of page) counted.addTask(task);
      }
      if (entries) (await wastedTries(entries.ofJob(job.job))).forEach(counted.addWasted);
      onDone(job);
    }
  });
}
