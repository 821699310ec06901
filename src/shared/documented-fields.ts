import * as z from 'zod/mini';
import { JobIdentity, TaskIdentity } from './kinds.ts';

/** A documented field; `undefined` if it is missing or has another type. */
function documented<T extends z.ZodMiniType>(schema: T) {
  return z.catch(z.optional(schema), undefined);
}

const text = documented(z.string());
const number = documented(z.number());
const flag = documented(z.boolean());
const map = documented(z.record(z.string(), z.unknown()));

/**
 * `JobDetails` of a notification, or `job_details` of a row (Deadline's manual, "SQS Notifications"). Times
 * are ISO 8601 with an offset; `0001-01-01T00:00:00Z` means not set.
 */
export const JobDetails = z.extend(JobIdentity, {
  JobName: text,
  UserName: text,
  Department: text,
  BatchName: text,
  Group: text,
  Pool: text,
  NumberOfErrors: number,
  FrameRange: text,
  NumberOfTasks: number,
  JobPriority: number,
  JobConcurrentTasks: number,
  JobSubmitDateTime: text,
  JobStartedDateTime: text,
  JobCompletedDateTime: text,
  JobStatus: text,
  PluginName: text,
  ExtraInfo: map,
});
export type JobDetails = z.infer<typeof JobDetails>;

/** `TaskDetails` of a notification, or `task_details` of a row. Sizes are in bytes. */
export const TaskDetails = z.extend(TaskIdentity, {
  Name: text,
  FrameRange: text,
  Status: text,
  NumberOfErrors: number,
  WorkerName: text,
  Progress: text,
  RenderStatus: text,
  TaskStartDateTime: text,
  RenderStartTime: text,
  RenderTime: text,
  CompletedDateTime: text,
  WaitingToStart: flag,
  OutputFileSizeBytes: number,
  AverageRamUsageBytes: number,
  AverageRamUtilizationPercent: number,
  PeakRamUsageBytes: number,
  PeakRamUtilizationPercent: number,
  AverageCpuUtilizationPercent: number,
  PeakCPUUtilizationPercent: number,
  AverageSwapBytes: number,
  PeakSwapBytes: number,
  UsedCPUClocks: number,
  AvailableCPUClocks: number,
  Properties: map,
  ExtraElements: map,
});
export type TaskDetails = z.infer<typeof TaskDetails>;

/** `NotificationInfo`: what happened and why (`StatusReason` of a job, `StopReason` of a task). */
export const NotificationInfo = z.object({
  Name: z.string(),
  StatusReason: text,
  StopReason: text,
});
export type NotificationInfo = z.infer<typeof NotificationInfo>;

/** A job's notification. `Timestamp` is in UTC, with a resolution of 100 ns. */
export const JobNotification = z.object({
  JobDetails,
  NotificationInfo,
  Timestamp: text,
  PROTOCOL: text,
});
export type JobNotification = z.infer<typeof JobNotification>;

/** A task's notification. If the worker is an EC2 instance, `WorkerInfo.AWSInfo` describes it. */
export const TaskNotification = z.object({
  Source: text,
  TaskDetails,
  NotificationInfo,
  WorkerInfo: documented(z.object({ AWSInfo: map, CPUs: number })),
  Timestamp: text,
  PROTOCOL: text,
});
export type TaskNotification = z.infer<typeof TaskNotification>;
