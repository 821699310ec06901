import { JOB_STOPPED } from './aws/notification-rows.ts';
import type { JobSummary } from './aws/row-summary.ts';

/** Whether a row says that its job stopped. Deadline documents no other notification of a job, but may have some. */
export function isStop(row: JobSummary | undefined): row is JobSummary {
  return row?.notification === JOB_STOPPED;
}

/** The exit codes by the status with which a job stopped. */
const CODES: ReadonlyMap<string | undefined, number> = new Map([
  ['Completed', 0],
  ['Failed', 1],
]);

/** Suspended or deleted: there is no result, and somebody wanted it so. Any other status is as good as these. */
const WITHOUT_RESULT = 2;

/** What the exit code says of how a job stopped. */
export function exitCodeOf({ status }: JobSummary): number {
  return CODES.get(status) ?? WITHOUT_RESULT;
}
