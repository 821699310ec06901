import * as z from 'zod/mini';
import { JobDetails, NotificationInfo, TaskDetails } from '../../shared/documented-fields.ts';
import { parseTime } from '../../terminal/time.ts';

/** A row as plain JavaScript values. */
export type Row = Readonly<Record<string, unknown>>;

/**
 * A job's row. Values are Deadline's; names are Deadline's in camel case. Times are ms since the epoch.
 * Fields that the notification did not have are `undefined`.
 */
export interface JobSummary {
  readonly job: string;
  readonly name: string | undefined;
  readonly user: string | undefined;
  readonly status: string | undefined;
  /** Why it stopped, in Deadline's words. */
  readonly reason: string | undefined;
  readonly errors: number | undefined;
  readonly tasks: number | undefined;
  readonly frames: string | undefined;
  readonly batch: string | undefined;
  readonly department: string | undefined;
  readonly plugin: string | undefined;
  readonly pool: string | undefined;
  readonly group: string | undefined;
  readonly priority: number | undefined;
  readonly submitted: number | undefined;
  readonly started: number | undefined;
  readonly completed: number | undefined;
  /** When SQS received the notification. */
  readonly sent: number | undefined;
  /** The name of the notification, such as `JobStoppedNotification`. */
  readonly notification: string | undefined;
}

/** A task's row, in the form of `JobSummary`. */
export interface TaskSummary {
  readonly job: string;
  readonly task: number;
  readonly frames: string | undefined;
  readonly status: string | undefined;
  readonly reason: string | undefined;
  readonly worker: string | undefined;
  readonly progress: string | undefined;
  /** As Deadline writes it: `hh:mm:ss`. */
  readonly renderTime: string | undefined;
  readonly errors: number | undefined;
  readonly started: number | undefined;
  readonly completed: number | undefined;
  readonly sent: number | undefined;
  readonly notification: string | undefined;
}

// Rows written by other programs may lack everything but their keys.
const Common = {
  job_id: z.string(),
  sent_timestamp: z.catch(z.optional(z.number()), undefined),
  notification_info: z.catch(z.partial(NotificationInfo), {}),
};
const JobRow = z.object({ ...Common, job_details: z.catch(z.partial(JobDetails), {}) });
const TaskRow = z.object({
  ...Common,
  task_id: z.number(),
  task_details: z.catch(z.partial(TaskDetails), {}),
});

export function jobSummary(row: Row): JobSummary {
  const {
    job_id,
    job_details: job,
    notification_info: info,
    sent_timestamp,
  } = z.parse(JobRow, row);
  return {
    job: job_id,
    name: job.JobName,
    user: job.UserName,
    status: job.JobStatus,
    reason: info.StatusReason,
    errors: job.NumberOfErrors,
    tasks: job.NumberOfTasks,
    frames: job.FrameRange,
    batch: job.BatchName,
    department: job.Department,
    plugin: job.PluginName,
    pool: job.Pool,
    group: job.Group,
    priority: job.JobPriority,
    submitted: parseTime(job.JobSubmitDateTime),
    started: parseTime(job.JobStartedDateTime),
    completed: parseTime(job.JobCompletedDateTime),
    sent: sent_timestamp,
    notification: info.Name,
  };
}

export function taskSummary(row: Row): TaskSummary {
  const parsed = z.parse(TaskRow, row);
  const { task_details: task, notification_info: info } = parsed;
  return {
    job: parsed.job_id,
    task: parsed.task_id,
    frames: task.FrameRange,
    status: task.Status,
    reason: info.StopReason,
    worker: task.WorkerName,
    progress: task.Progress,
    renderTime: task.RenderTime,
    errors: task.NumberOfErrors,
    started: parseTime(task.TaskStartDateTime),
    completed: parseTime(task.CompletedDateTime),
    sent: parsed.sent_timestamp,
    notification: info.Name,
  };
}
