import type { JobNotification } from '../../shared/documented-fields.ts';
import sample from '../../shared/samples/stopped-job.json' with { type: 'json' };
import { localDateTime, NOT_SET } from './deadline-times.ts';
import type { JobPlan } from './job-plan.ts';

export type JobEnd = 'Completed' | 'Failed' | 'Suspended' | 'Deleted';

/** Of these, and of the word for a deleted job, Deadline documents the one for a suspended job. */
const REASONS: Readonly<Record<JobEnd, string>> = {
  Completed: 'Job was completed',
  Failed: 'Job has failed',
  Suspended: 'Job was suspended',
  Deleted: 'Job was deleted',
};

/** How a job went until it stopped. Times are ms since the epoch. */
export interface JobCourse {
  readonly started: number;
  readonly stopped: number;
  /** Those of all its tasks. */
  readonly errors: number;
}

/** What Deadline says of a job that stops, but for when it says so. */
export function jobStopped(
  job: JobPlan,
  status: JobEnd,
  { started, stopped, errors }: JobCourse,
): JobNotification {
  return {
    ...sample,
    JobDetails: {
      ...sample.JobDetails,
      JobID: job.id,
      JobName: job.name,
      UserName: job.user,
      Department: job.department,
      BatchName: job.batch,
      Group: job.group,
      Pool: job.pool,
      NumberOfErrors: errors,
      FrameRange: `${job.firstFrame}-${job.lastFrame}`,
      NumberOfTasks: job.taskCount,
      JobPriority: job.priority,
      JobSubmitDateTime: localDateTime(job.submitted),
      JobStartedDateTime: localDateTime(started),
      JobCompletedDateTime: status === 'Completed' ? localDateTime(stopped) : NOT_SET,
      JobStatus: status,
      PluginName: job.plugin,
    },
    NotificationInfo: { ...sample.NotificationInfo, StatusReason: REASONS[status] },
  };
}
