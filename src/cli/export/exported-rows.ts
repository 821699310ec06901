import { countText } from '../amount-text.ts';
import type { HistoryEntries } from '../aws/history-entries.ts';
import type { NotificationRows, WholeJob } from '../aws/notification-rows.ts';
import type { JobSummary } from '../aws/row-summary.ts';
import { inOrder, pagesOf } from '../iterate.ts';
import { type Reading, unitsOf } from '../read-cost.ts';
import { measuredTask } from '../statistics/measured-task.ts';
import { estimateRead } from '../statistics/read-estimate.ts';
import { JOBS_AT_ONCE } from '../statistics/read-jobs.ts';
import type { TimeSpan } from '../time-span.ts';
import { ENTRY_COLUMNS } from './entry-export-columns.ts';
import { reader } from './export-column.ts';
import { JOB_COLUMNS } from './job-export-columns.ts';
import { TASK_COLUMNS } from './task-export-columns.ts';
import type { Value } from './value-type.ts';

/** Rows of jobs and of the history that are written at once. */
const PAGE = 100;

/** The values of the columns of rows, in order. */
export type RowPages = AsyncIterable<Value[][]>;

/** The jobs that stopped in a time span, newest first. */
export async function* exportedJobs(
  rows: NotificationRows,
  span: TimeSpan,
  onUnknown: () => void,
): RowPages {
  const read = reader(JOB_COLUMNS);
  for await (const page of pagesOf(PAGE, knownJobs(rows, span, onUnknown))) {
    yield page.map(({ row, summary }) => read({ ...row, summary }));
  }
}

/** The tasks of these jobs, job after job, by task id. */
export function exportedTasks(
  rows: NotificationRows,
  span: TimeSpan,
  onUnknown: () => void,
): RowPages {
  const read = reader(TASK_COLUMNS);
  async function* tasksOf({ row: { job_details }, summary: { job } }: WholeJob) {
    for await (const page of rows.wholeTasks(job)) {
      yield page.map((row) => read({ ...row, job_details, measured: measuredTask(row) })).toArray();
    }
  }
  async function* tasksOfJobs() {
    for await (const job of knownJobs(rows, span, onUnknown)) yield tasksOf(job);
  }
  return inOrder(JOBS_AT_ONCE, tasksOfJobs());
}

/** The entries of notifications whose own time is in a time span. */
export async function* exportedEntries(entries: HistoryEntries, span: TimeSpan): RowPages {
  const read = reader(ENTRY_COLUMNS);
  for await (const page of pagesOf(PAGE, entries.inSpan(span))) yield page.map(read);
}

/** What `exportedTasks` will read, by the jobs' own counts. */
export async function tasksToRead(rows: NotificationRows, span: TimeSpan): Promise<Reading> {
  const jobs: Pick<JobSummary, 'tasks'>[] = [];
  for await (const { sent, tasks } of rows.jobs(span)) {
    if (sent !== undefined) jobs.push({ tasks });
  }
  return estimateRead(jobs, 'off');
}

/** What `exportedEntries` will read. */
export async function entriesToRead(entries: HistoryEntries): Promise<Reading> {
  const { entries: count, bytes } = await entries.size();
  return {
    what: `the whole history, about ${countText(count)} entries`,
    units: unitsOf(bytes),
  };
}

/** @param onUnknown is called for each job that is left out, as its time is not known */
async function* knownJobs(
  rows: NotificationRows,
  span: TimeSpan,
  onUnknown: () => void,
): AsyncGenerator<WholeJob> {
  for await (const job of rows.wholeJobs(span)) {
    if (job.summary.sent === undefined) onUnknown();
    else yield job;
  }
}
