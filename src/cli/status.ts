import { shorten } from '../shared/errors.ts';
import { FAILED } from '../shared/indexes.ts';

/** The status of a job or a task that is done. */
export const COMPLETED = 'Completed';
export const SUSPENDED = 'Suspended';
/** The status of a task that renders, and what a job is called that has not stopped, or goes on. */
export const RENDERING = 'Rendering';
/** What a job is called that was deleted. Deadline has no such status. */
export const DELETED = 'Deleted';

/**
 * Deadline's statuses of jobs that stopped and still exist. It sends a job's notification for four reasons: the
 * job was suspended, completed, or failed, or was deleted while it was active (its manual, "SQS Notifications").
 */
export const STOPPED_AS: readonly string[] = [COMPLETED, FAILED, SUSPENDED];

/** What became of a job that stopped with a status: a stop with any status of a job that goes on is a deletion. */
export function statusOfStop(deadlineStatus: string): string {
  return STOPPED_AS.includes(deadlineStatus) ? deadlineStatus : DELETED;
}

/** Characters of Deadline's own status that are shown, at most. */
const SHOWN = 40;

/** A job's status for people, such as `Failed`; a deleted job's with Deadline's own, as in `Deleted (Active)`. */
export function statusText(job: {
  readonly status: string | undefined;
  readonly deadlineStatus: string | undefined;
}): string | undefined {
  const { status, deadlineStatus } = job;
  if (deadlineStatus === undefined || deadlineStatus === status) return status;
  return `${status} (${shorten(deadlineStatus, SHOWN)})`;
}
