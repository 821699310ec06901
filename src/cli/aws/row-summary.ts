import { NumberValue } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { JobDetails, NotificationInfo, TaskDetails } from '../../shared/documented-fields.ts';
import { parseTime } from '../../shared/notification-time.ts';
import { JOB_STOPPED } from '../../shared/transitions.ts';
import { statusOfStop } from '../status.ts';

/** A row as plain JavaScript values. */
export type Row = Readonly<Record<string, unknown>>;

/**
 * A job's row. Values are Deadline's; names are Deadline's in camel case. Times are ms since the epoch.
 * Fields that the notification did not have, or that have another type, are `undefined`.
 */
export interface JobSummary {
  readonly job: string;
  readonly name: string | undefined;
  readonly user: string | undefined;
  /** What became of it: a stop in no known status of a stopped job is a deletion, `Deleted`. */
  readonly status: string | undefined;
  /** Its status in Deadline's own word, such as `Active` for a deleted job. */
  readonly deadlineStatus: string | undefined;
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
  /** When SQS received the notification; `undefined` if it cannot have been then. */
  readonly sent: number | undefined;
  /** The name of the notification, such as `JobStoppedNotification`. */
  readonly notification: string | undefined;
}

/** A task's row, in the form of `JobSummary`. */
export interface TaskSummary {
  readonly job: string;
  /** A text if it is no exact number in JavaScript. */
  readonly task: number | string;
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

/** A number of a row, from DynamoDB's text; wrapped if JavaScript has no exact number for it. */
export function rowNumber(text: string): number | NumberValue {
  const value = Number(text);
  return Math.abs(value) <= Number.MAX_SAFE_INTEGER ? value : NumberValue.from(text);
}

/** A field of a type; `undefined` if it is missing or of another type, as in rows of other programs. */
function known<T extends z.ZodMiniType>(schema: T) {
  return z.catch(z.optional(schema), undefined);
}

const NumberText = z.pipe(
  z.instanceof(NumberValue),
  z.transform(({ value }) => value),
);

const Common = {
  job_id: z.string(),
  sent_timestamp: known(z.number()),
  task_type: known(z.string()),
  notification_info: z.catch(
    z.partial(z.extend(NotificationInfo, { Name: known(z.string()) })),
    {},
  ),
};
// Without the fields that identify a notification: a row has them as its key.
const JobRow = z.object({
  ...Common,
  job_details: z.catch(z.partial(z.omit(JobDetails, { JobID: true })), {}),
});
const TaskRow = z.object({
  ...Common,
  task_id: z.union([z.number(), NumberText]),
  task_details: z.catch(z.partial(z.omit(TaskDetails, { JobID: true, TaskID: true })), {}),
});

/** @param latest the latest send time that can be, in ms since the epoch */
export function jobSummary(row: Row, latest = Infinity): JobSummary {
  const parsed = z.parse(JobRow, row);
  const { job_details: job, notification_info: info } = parsed;
  const notification = info.Name ?? parsed.task_type;
  const deadlineStatus = job.JobStatus || undefined;
  const isStop = notification === JOB_STOPPED && deadlineStatus !== undefined;
  return {
    job: parsed.job_id,
    name: job.JobName,
    user: job.UserName,
    status: isStop ? statusOfStop(deadlineStatus) : deadlineStatus,
    deadlineStatus,
    reason: info.StatusReason,
    errors: count(job.NumberOfErrors),
    tasks: count(job.NumberOfTasks),
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
    sent: sentTime(parsed.sent_timestamp, latest),
    notification,
  };
}

/** @param latest the latest send time that can be, in ms since the epoch */
export function taskSummary(row: Row, latest = Infinity): TaskSummary {
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
    errors: count(task.NumberOfErrors),
    started: parseTime(task.TaskStartDateTime),
    completed: parseTime(task.CompletedDateTime),
    sent: sentTime(parsed.sent_timestamp, latest),
    notification: info.Name ?? parsed.task_type,
  };
}

function count(value: number | undefined): number | undefined {
  return Number.isInteger(value) && (value as number) >= 0 ? value : undefined;
}

function sentTime(value: number | undefined, latest: number): number | undefined {
  return value !== undefined && 0 <= value && value <= latest ? value : undefined;
}
