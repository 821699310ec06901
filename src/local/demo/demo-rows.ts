import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { JobDetails, NotificationInfo, TaskDetails } from '../../shared/documented-fields.ts';
import type { Pipeline } from '../pipeline.ts';

export type Row = Readonly<Record<string, unknown>>;

/** All rows of a table, as plain JavaScript values. */
export async function readRows({ dynamoDb }: Pipeline, TableName: string): Promise<Row[]> {
  const client = DynamoDBDocumentClient.from(dynamoDb);
  const rows: Row[] = [];
  for await (const { Items = [] } of paginateScan({ client }, { TableName })) rows.push(...Items);
  return rows;
}

const Common = z.object({ sent_timestamp: z.number(), notification_info: NotificationInfo });
const JobRow = z.extend(Common, { job_details: JobDetails });
const TaskRow = z.extend(Common, { task_details: TaskDetails });

/** The main fields of job rows, for display. */
export function showJobs(rows: readonly Row[]): object[] {
  return rows.map((row) => {
    const { job_details: job, notification_info: info, sent_timestamp } = z.parse(JobRow, row);
    return {
      job: job.JobID,
      name: job.JobName,
      user: job.UserName,
      status: job.JobStatus,
      reason: info.StatusReason,
      tasks: job.NumberOfTasks,
      errors: job.NumberOfErrors,
      sent: localTime(sent_timestamp),
    };
  });
}

/** The main fields of task rows, for display. */
export function showTasks(rows: readonly Row[]): object[] {
  return rows.map((row) => {
    const { task_details: task, notification_info: info, sent_timestamp } = z.parse(TaskRow, row);
    return {
      job: task.JobID,
      task: task.TaskID,
      frames: task.FrameRange,
      status: task.Status,
      progress: task.Progress,
      worker: task.WorkerName,
      notification: info.Name,
      sent: localTime(sent_timestamp),
    };
  });
}

/** Formats a time (ms since the epoch) to the millisecond, in the local time zone. */
export function localTime(ms: number): string {
  const time = new Date(ms);
  return `${time.toLocaleTimeString('sv-SE')}.${String(time.getMilliseconds()).padStart(3, '0')}`;
}
