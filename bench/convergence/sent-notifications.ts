import type { SQSRecord } from 'aws-lambda';
import { timestamp } from '../../src/local/farm/deadline-times.ts';
import type { Random } from '../../src/local/farm/random.ts';

/** A notification as numbers, and the record that SQS makes of it. */
export interface Sent {
  /** The row that it is about, such as `job-3` or `job-3/17`. */
  readonly row: string;
  /** When SQS got it, in ms since the epoch. */
  readonly sent: number;
  /** The notification's own time, in ticks of 100 ns since the epoch. */
  readonly ticks: bigint;
  /** Tells it from all others. */
  readonly serial: number;
  readonly record: SQSRecord;
}

const TASKS_PER_JOB = 50;
const MOST_PER_ROW = 6;
const START = Date.UTC(2026, 0, 1);

/**
 * What a farm sends: for each of so many tasks, and for each of their jobs, one to six
 * notifications. Of many rows all come in one millisecond, of the others most within a few, as a short
 * task's start and stop do.
 */
export function farm(tasks: number, random: Random): Sent[] {
  const rows: [job: string, task?: number][] = [];
  for (let task = 0; task < tasks; task += 1) {
    const job = `job-${Math.floor(task / TASKS_PER_JOB)}`;
    if (task % TASKS_PER_JOB === 0) rows.push([job]);
    rows.push([job, task]);
  }
  const events = rows.flatMap((row) => {
    const first = random.int(0, tasks * 3);
    const isBurst = random.chance(40);
    return Array.from({ length: random.int(1, MOST_PER_ROW) }, () => {
      return { row, at: first + (isBurst ? 0 : random.int(0, random.chance(70) ? 3 : 1_000)) };
    });
  });
  events.sort((a, b) => a.at - b.at);
  return events.map(({ row: [job, task], at }, serial) => {
    // The hosts' clocks differ by up to 2 ms: the order of the two times is not the same.
    const sent = START + Math.floor(at / 3);
    const ticks = BigInt(sent + random.int(-2, 2)) * 10_000n + BigInt(serial % 10_000);
    const body = { ...about(job, task), Timestamp: timestamp(ticks), Serial: serial };
    const row = task === undefined ? job : `${job}/${task}`;
    return { row, sent, ticks, serial, record: toRecord(serial, sent, JSON.stringify(body)) };
  });
}

/** The newest notification of each row: the last sent; of those sent in one ms, the latest. */
export function newestOfEach(all: readonly Sent[]): Map<string, Sent> {
  const newest = new Map<string, Sent>();
  for (const each of all) {
    const other = newest.get(each.row);
    if (
      !other ||
      each.sent > other.sent ||
      (each.sent === other.sent && each.ticks > other.ticks)
    ) {
      newest.set(each.row, each);
    }
  }
  return newest;
}

function about(JobID: string, TaskID: number | undefined): object {
  return TaskID === undefined
    ? { JobDetails: { JobID }, NotificationInfo: { Name: 'JobStoppedNotification' } }
    : { TaskDetails: { JobID, TaskID }, NotificationInfo: { Name: 'StoppedTaskNotification' } };
}

function toRecord(serial: number, sent: number, body: string): SQSRecord {
  return {
    messageId: String(serial),
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
