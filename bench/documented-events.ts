import { randomUUID } from 'node:crypto';
import type { SQSEvent, SQSRecord } from 'aws-lambda';
import sample from '../src/shared/samples/stopped-task.json' with { type: 'json' };
import { toRecord } from '../src/shared/sqs-record.ts';

/** As long as one of SQS's own (https://docs.rs/crate/aws_lambda_events/1.1.2, example-sqs-api-event-obj.json). */
const RECEIPT_HANDLE = 'A'.repeat(412);

/** An event of so many records as documented, each of a task of its own. */
export function documentedTasks(jobId: string, count: number, sentTimestamp: number): SQSEvent {
  return {
    Records: Array.from({ length: count }, (_, taskId) =>
      documentedTask(jobId, taskId, sentTimestamp),
    ),
  };
}

export function documentedTask(jobId: string, TaskID: number, sentTimestamp: number): SQSRecord {
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
