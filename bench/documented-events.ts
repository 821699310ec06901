import { randomUUID } from 'node:crypto';
import type { SQSEvent, SQSRecord } from 'aws-lambda';
import sample from '../src/shared/samples/stopped-task.json' with { type: 'json' };
import { toRecord } from '../src/shared/sqs-record.ts';

/** As long as SQS's own (https://docs.rs/crate/aws_lambda_events/1.1.2, example-sqs-api-event-obj.json). */
const RECEIPT_HANDLE = 'A'.repeat(412);

/** The size limit of a Lambda event, in bytes (AWS Lambda developer guide, "Lambda quotas"). */
const MAX_EVENT_BYTES = 6 * 1024 * 1024;

/**
 * An event of documented task notifications, each for a different task.
 *
 * @param sentTimestamp in ms since the epoch
 */
export function documentedEvent(jobId: string, count: number, sentTimestamp: number): SQSEvent {
  return {
    Records: Array.from({ length: count }, (_, taskId) =>
      documentedRecord(jobId, taskId, sentTimestamp),
    ),
  };
}

/** A record with the documented notification of a stopped task, for a given task. */
export function documentedRecord(jobId: string, TaskID: number, sentTimestamp: number): SQSRecord {
  const TaskDetails = { ...sample.TaskDetails, JobID: jobId, TaskID };
  const message = {
    MessageId: randomUUID(),
    ReceiptHandle: RECEIPT_HANDLE,
    Body: JSON.stringify({ ...sample, TaskDetails }),
    MD5OfBody: '0'.repeat(32),
    Attributes: {
      ApproximateReceiveCount: '1',
      SentTimestamp: String(sentTimestamp),
      SenderId: 'AROAEXAMPLEEXAMPLEEXA:i-0123456789abcdef0',
      ApproximateFirstReceiveTimestamp: String(sentTimestamp),
    },
  };
  return toRecord(message, 'arn:aws:sqs:us-east-1:123456789012:DeadlineNotifications');
}

/**
 * The largest event that Lambda accepts.
 *
 * @param record creates the record of a task
 */
export function largestEvent(record: (taskId: number) => SQSRecord): SQSEvent {
  const Records = [];
  for (let size = 20; ; ) {
    const next = record(Records.length);
    size += Buffer.byteLength(JSON.stringify(next)) + 1;
    if (size > MAX_EVENT_BYTES) return { Records };
    Records.push(next);
  }
}
