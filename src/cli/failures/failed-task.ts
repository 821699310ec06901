import { MAX_KEYS } from '../../ingest/store/row-store.ts';
import type { NotificationRows } from '../aws/notification-rows.ts';
import type { JobSummary, TaskSummary } from '../aws/row-summary.ts';
import { pagesOf } from '../iterate.ts';
import type { TimeSpan } from '../time-span.ts';

/** A failed task, and its job if that has a row: a job has none until it first stops. */
export interface FailedTask {
  readonly task: TaskSummary;
  readonly job: JobSummary | undefined;
}

/** Adds their jobs to failed tasks, which stay in order. Asks for each job once. */
export async function* withTheirJobs(
  tasks: AsyncIterable<TaskSummary>,
  rows: NotificationRows,
): AsyncGenerator<FailedTask> {
  const asked = new Set<string>();
  const jobs = new Map<string, JobSummary>();
  for await (const page of pagesOf(MAX_KEYS, tasks)) {
    const unknown = new Set(page.map(({ job }) => job)).difference(asked);
    for (const each of await rows.jobsOf(unknown)) jobs.set(...each);
    for (const job of unknown) asked.add(job);
    for (const task of page) yield { task, job: jobs.get(task.job) };
  }
}

/** The failed tasks of a time span, and those of these jobs that failed before it: all are to be rendered again. */
export async function* failedTasksWith(
  jobs: readonly JobSummary[],
  rows: NotificationRows,
  span: TimeSpan,
): AsyncGenerator<TaskSummary> {
  const listed = new Set(jobs.map(({ job }) => job));
  const begun = jobs.map(({ started }) => started ?? Infinity);
  const since = Math.min(span.since, ...begun);
  for await (const task of rows.failedTasks({ ...span, since })) {
    const { sent = span.since } = task;
    if (sent >= span.since || listed.has(task.job)) yield task;
  }
}
