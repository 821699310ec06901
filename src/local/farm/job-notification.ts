import type { JobNotification } from '../../shared/documented-fields.ts';
import sample from '../../shared/samples/stopped-job.json' with { type: 'json' };
import { localDateTime, NOT_SET } from './deadline-times.ts';
import type { JobPlan } from './job-plan.ts';

export type JobStopStatus = 'Completed' | 'Failed' | 'Suspended' | 'Deleted';

/**
 * Deadline's word for the status of a deleted job: of an active one, its manual says. It has no status for a job
 * that is no more.
 */
const STATUS_OF_DELETED = 'Active';

/** Deadline documents only the reason for Suspended. */
const REASONS: Readonly<Record<JobStopStatus, string>> = {
  Completed: 'Job was completed',
  Failed: 'Job has failed',
  Suspended: 'Job was suspended',
  Deleted: 'Job was deleted',
};

/** How a job stopped. Times are ms since the epoch. */
export interface JobStop {
  readonly status: JobStopStatus;
  readonly started: number;
  readonly stopped: number;
  /** The total errors of its tasks. */
  readonly errors: number;
}

/** The notification of a stopped job, without its `Timestamp`. */
export function jobStoppedNotification(
  job: JobPlan,
  { status, started, stopped, errors }: JobStop,
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
      JobStatus: status === 'Deleted' ? STATUS_OF_DELETED : status,
      PluginName: job.plugin,
    },
    NotificationInfo: { ...sample.NotificationInfo, StatusReason: REASONS[status] },
  };
}
