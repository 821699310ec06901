import { isDeepStrictEqual } from 'node:util';
import type { Body } from './demo-messages.ts';
import type { Row } from './demo-rows.ts';

/** A notification that was sent, and the span of time (ms since the epoch) in which SQS got it. */
export interface Sent {
  readonly body: Body;
  readonly from: number;
  readonly to: number;
}

/**
 * Holds the tables against what was sent: by the order of sending alone, the last of each job and
 * task is the newest.
 *
 * @returns what is wrong, a sentence each
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
      return isRowFrom(notification, row) ? [] : [`${name} is not its newest notification.`];
    }),
    ...[...found.keys()]
      .filter((name) => !newest.has(name))
      .map((name) => `${name} has a row, but nothing was sent of it.`),
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

/** A value as a row has it: empty strings are stored as null. */
function nulled(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (_key, each) => (each === '' ? null : each));
}
