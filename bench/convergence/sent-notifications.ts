import type { SQSRecord } from 'aws-lambda';
import { timestamp } from '../../src/local/farm/deadline-times.ts';
import type { Random } from '../../src/local/farm/random.ts';
import type { NewestBy } from '../../src/shared/setting-values.ts';

/** A notification and its SQS record. Sent again by its sender, it is another one of the same serial number. */
export interface SentNotification {
  /** The row of its job or task, such as `job-3` or `job-3/17`. */
  readonly row: string;
  /** When it happened, in thirds of a ms. */
  readonly happened: number;
  /** When SQS received it, in ms since the epoch. */
  readonly sent: number;
  /** Its `Timestamp`, in ticks of 100 ns since the epoch. */
  readonly ticks: bigint;
  /** Its serial number, which it also has as a field. */
  readonly serial: number;
  readonly record: SQSRecord;
}

const TASKS_PER_JOB = 50;
const MAX_PER_ROW = 6;
const START = Date.UTC(2026, 0, 1);

/** Notifications that their sender sends again, in percent, and how much later at most, in thirds of a ms. */
const PERCENT_REPEATED = 3;
const LONGEST_REPEAT = 3_000;

/**
 * Generates one to six notifications for each task, and for each job of 50 tasks. All notifications of many
 * rows are sent within one millisecond, most others within a few, like the start and stop of a short task.
 * Some are sent again later, as by a sender that got no answer.
 */
export function generateNotifications(tasks: number, random: Random): SentNotification[] {
  const rows: [job: string, task?: number][] = [];
  for (let task = 0; task < tasks; task += 1) {
    const job = `job-${Math.floor(task / TASKS_PER_JOB)}`;
    if (task % TASKS_PER_JOB === 0) rows.push([job]);
    rows.push([job, task]);
  }
  const events = rows.flatMap((row) => {
    const first = random.int(0, tasks * 3);
    const isBurst = random.chance(40);
    return Array.from({ length: random.int(1, MAX_PER_ROW) }, () => {
      return { row, at: first + (isBurst ? 0 : random.int(0, random.chance(70) ? 3 : 1_000)) };
    });
  });
  events.sort((a, b) => a.at - b.at);
  return events.flatMap(({ row: [job, task], at }, serial) => {
    // Clocks differ by up to 2 ms, so the two times may disagree about the order.
    const ticks = BigInt(sentAt(at) + random.int(-2, 2)) * 10_000n + BigInt(serial % 10_000);
    const body = { ...notification(job, task), Timestamp: timestamp(ticks), Serial: serial };
    const row = task === undefined ? job : `${job}/${task}`;
    const send = (id: string, time: number): SentNotification => {
      const sent = sentAt(time);
      const record = toRecord(id, sent, JSON.stringify(body));
      return { row, happened: at, sent, ticks, serial, record };
    };
    const once = send(String(serial), at);
    if (!random.chance(PERCENT_REPEATED)) return [once];
    return [once, send(`${serial} again`, at + random.int(1, LONGEST_REPEAT))];
  });
}

/** When SQS receives what is sent at a time in thirds of a ms. */
function sentAt(time: number): number {
  return START + Math.floor(time / 3);
}

/** The newest notification of each row, by one time or, where that is the same, by the other. */
export function newestByRow(
  all: readonly SentNotification[],
  newestBy: NewestBy,
): Map<string, SentNotification> {
  const times = (each: SentNotification): [bigint, bigint] =>
    newestBy === 'timestamp' ? [each.ticks, BigInt(each.sent)] : [BigInt(each.sent), each.ticks];
  const newest = new Map<string, SentNotification>();
  for (const each of all) {
    const other = newest.get(each.row);
    const [[a, aNext], [b, bNext]] = [times(each), times(other ?? each)];
    if (!other || a > b || (a === b && aNext > bNext)) newest.set(each.row, each);
  }
  return newest;
}

function notification(JobID: string, TaskID: number | undefined): object {
  return TaskID === undefined
    ? { JobDetails: { JobID }, NotificationInfo: { Name: 'JobStoppedNotification' } }
    : { TaskDetails: { JobID, TaskID }, NotificationInfo: { Name: 'StoppedTaskNotification' } };
}

function toRecord(messageId: string, sent: number, body: string): SQSRecord {
  return {
    messageId,
    receiptHandle: '',
    body,
    attributes: {
      SentTimestamp: String(sent),
      ApproximateReceiveCount: '1',
      SenderId: '',
      ApproximateFirstReceiveTimestamp: String(sent),
    },
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: '',
    awsRegion: '',
  };
}
