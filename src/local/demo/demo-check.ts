import { isDeepStrictEqual } from 'node:util';
import type { Body } from './demo-messages.ts';
import type { Row } from './demo-rows.ts';

/** A notification that was sent, and the interval (ms since the epoch) in which SQS received it. */
export interface Sent {
  readonly body: Body;
  readonly from: number;
  readonly to: number;
}

/**
 * Compares the tables with what was sent: each row must be the notification of its job or task that was
 * sent last.
 *
 * @returns the problems, one sentence each
 */
export function problems(
  sent: readonly Sent[],
  jobs: readonly Row[],
  tasks: readonly Row[],
): string[] {
  const newest = new Map(sent.map((each) => [subject(each.body), each]));
  const found = new Map([...jobs, ...tasks].map((row) => [rowSubject(row), row]));
  return [
    ...[...newest].flatMap(([name, notification]) => {
      const row = found.get(name);
      if (row === undefined) return [`${name} has no row.`];
      return isRowFrom(notification, row)
        ? []
        : [`${name}: the row is not the newest notification.`];
    }),
    ...[...found.keys()]
      .filter((name) => !newest.has(name))
      .map((name) => `${name} has a row, but no notification of it was sent.`),
  ];
}

function subject(body: Body): string {
  if ('JobDetails' in body) return `Job ${body.JobDetails.JobID}`;
  const { JobID, TaskID } = body.TaskDetails;
  return `Task ${TaskID} of job ${JobID}`;
}

function rowSubject({ job_id, task_id }: Row): string {
  return task_id === undefined ? `Job ${job_id}` : `Task ${task_id} of job ${job_id}`;
}

function isRowFrom({ body, from, to }: Sent, row: Row): boolean {
  const { job_details, task_details, notification_info, timestamp, sent_timestamp } = row;
  const details = 'JobDetails' in body ? body.JobDetails : body.TaskDetails;
  return (
    isDeepStrictEqual(job_details ?? task_details, nulled(details)) &&
    isDeepStrictEqual(notification_info, nulled(body.NotificationInfo)) &&
    timestamp === body.Timestamp &&
    from <= Number(sent_timestamp) &&
    Number(sent_timestamp) <= to
  );
}

/** A value as a row stores it: with null for empty strings. */
function nulled(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (_key, each) => (each === '' ? null : each));
}
