import { countText } from '../amount-text.ts';
import type { HistoryEntries } from '../aws/history-entries.ts';
import type { NotificationRows, WholeRow } from '../aws/notification-rows.ts';
import type { JobSummary, Row, TaskSummary } from '../aws/row-summary.ts';
import { inOrder } from '../iterate.ts';
import { type Reading, unitsOf } from '../read-cost.ts';
import { measuredTask } from '../statistics/measured-task.ts';
import { estimateRead } from '../statistics/read-estimate.ts';
import type { TimeSpan } from '../time-span.ts';
import { ENTRY_COLUMNS } from './entry-export-columns.ts';
import { reader } from './export-column.ts';
import { JOB_COLUMNS } from './job-export-columns.ts';
import { TASK_COLUMNS } from './task-export-columns.ts';
import type { Value } from './value-type.ts';

/** Jobs of which tasks are read at once. */
const AT_ONCE = 8;

/** The values of the columns of the jobs that stopped in a time span, newest first. */
export async function* exportedJobs(
  rows: NotificationRows,
  span: TimeSpan,
  onUnknown: () => void,
): AsyncGenerator<Value[]> {
  const read = reader(JOB_COLUMNS);
  for await (const { row } of knownJobs(rows, span, onUnknown)) yield read(row);
}

/** The same of the tasks of these jobs, job after job, by task id. */
export async function* exportedTasks(
  rows: NotificationRows,
  span: TimeSpan,
  onUnknown: () => void,
): AsyncGenerator<Value[]> {
  const read = reader(TASK_COLUMNS);
  for await (const task of inOrder(AT_ONCE, tasksOfJobs(rows, span, onUnknown))) {
    const { row, job } = task;
    yield read({ ...row, job_details: job.job_details, measured: measuredTask(row) });
  }
}

/** The same of the entries of notifications whose own time is in a time span. */
export async function* exportedEntries(
  entries: HistoryEntries,
  span: TimeSpan,
): AsyncGenerator<Value[]> {
  const read = reader(ENTRY_COLUMNS);
  for await (const entry of entries.inSpan(span)) yield read(entry);
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

interface WholeTask extends WholeRow<TaskSummary> {
  readonly job: Row;
}

async function* tasksOfJobs(
  rows: NotificationRows,
  span: TimeSpan,
  onUnknown: () => void,
): AsyncGenerator<AsyncGenerator<WholeTask>> {
  for await (const { row, summary } of knownJobs(rows, span, onUnknown)) {
    yield tasksOf(summary.job, row, rows);
  }
}

async function* tasksOf(id: string, job: Row, rows: NotificationRows): AsyncGenerator<WholeTask> {
  for await (const task of rows.wholeTasks(id)) yield { ...task, job };
}

/** @param onUnknown is called for each job that is left out, as its time is not known */
async function* knownJobs(
  rows: NotificationRows,
  span: TimeSpan,
  onUnknown: () => void,
): AsyncGenerator<WholeRow<JobSummary>> {
  for await (const job of rows.wholeJobs(span)) {
    if (job.summary.sent === undefined) onUnknown();
    else yield job;
  }
}
