import { dateTime } from '../../terminal/time.ts';
import type { JobSummary } from '../aws/row-summary.ts';

/** What jobs and tasks can be counted by. */
export const GROUPINGS = [
  'user',
  'department',
  'plugin',
  'pool',
  'batch',
  'worker',
  'job',
  'day',
  'hour',
] as const;
export type Grouping = (typeof GROUPINGS)[number];

/**
 * The group of a job, with all of its tasks; `undefined` if it is not known. Days and hours are those in which the job
 * stopped: `2026-11-24`, and `2026-11-24 02:00+01:00`, with the offset, as an hour comes twice where clocks go back.
 *
 * @param utc whether they are in UTC, not in the local time zone
 */
export function groupOf(
  job: JobSummary,
  by: Exclude<Grouping, 'worker'>,
  utc: boolean,
): string | undefined {
  if (by !== 'day' && by !== 'hour') return job[by] || undefined;
  if (job.sent === undefined) return undefined;
  const time = dateTime(job.sent, utc);
  return by === 'day' ? time.slice(0, 10) : `${time.slice(0, 13)}:00${time.slice(19)}`;
}
