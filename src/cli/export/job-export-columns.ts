import type { JobSummary, Row } from '../aws/row-summary.ts';
import type { ExportColumn } from './export-column.ts';

/** What names a job and tells whose it is, with `job_details` of the job's row. */
export const NAMING_COLUMNS: readonly ExportColumn[] = [
  { name: 'name', type: 'text', field: 'job_details.JobName' },
  { name: 'user', type: 'text', field: 'job_details.UserName' },
  { name: 'department', type: 'text', field: 'job_details.Department' },
  { name: 'plugin', type: 'text', field: 'job_details.PluginName' },
  { name: 'pool', type: 'text', field: 'job_details.Pool' },
  { name: 'batch', type: 'text', field: 'job_details.BatchName' },
];

/** A job's row in the index `by-time`, and what is shown of it. */
interface StoppedJob extends Row {
  readonly summary: JobSummary;
}

/** The columns of jobs. */
export const JOB_COLUMNS: readonly ExportColumn<StoppedJob>[] = [
  { name: 'job', type: 'text', field: 'job_id' },
  ...NAMING_COLUMNS,
  { name: 'group', type: 'text', field: 'job_details.Group' },
  {
    name: 'status',
    type: 'text',
    field: 'job_details.JobStatus',
    about: '`Completed`, `Failed`, `Suspended`, or, for any other, `Deleted`',
    value: ({ summary }) => summary.status,
  },
  {
    name: 'deadlineStatus',
    type: 'text',
    field: 'job_details.JobStatus',
    about: "Deadline's own word",
  },
  { name: 'reason', type: 'text', field: 'notification_info.StatusReason' },
  { name: 'errors', type: 'count', field: 'job_details.NumberOfErrors' },
  { name: 'tasks', type: 'count', field: 'job_details.NumberOfTasks' },
  { name: 'frames', type: 'text', field: 'job_details.FrameRange' },
  { name: 'priority', type: 'integer', field: 'job_details.JobPriority' },
  { name: 'concurrentTasks', type: 'count', field: 'job_details.JobConcurrentTasks' },
  { name: 'submitted', type: 'time', field: 'job_details.JobSubmitDateTime' },
  { name: 'started', type: 'time', field: 'job_details.JobStartedDateTime' },
  { name: 'completed', type: 'time', field: 'job_details.JobCompletedDateTime' },
  {
    name: 'sent',
    type: 'time',
    field: 'sent_timestamp',
    about: 'when SQS received the notification: the time by which jobs are selected',
  },
  { name: 'extraInfo', type: 'json', field: 'job_details.ExtraInfo' },
  { name: 'notification', type: 'text', field: 'task_type' },
];
