import { randomUUID } from 'node:crypto';
import type { Context, SQSEvent, SQSRecord } from 'aws-lambda';

/** An SQS record with a body, which is made JSON of unless it is a text. */
export function record(
  body: unknown,
  sentTimestamp: number | string = 1_597_352_219_300,
): SQSRecord {
  return {
    messageId: randomUUID(),
    receiptHandle: 'receipt',
    body: typeof body === 'string' ? body : JSON.stringify(body),
    attributes: {
      ApproximateReceiveCount: '1',
      SentTimestamp: String(sentTimestamp),
      SenderId: 'AIDAEXAMPLE',
      ApproximateFirstReceiveTimestamp: String(sentTimestamp),
    },
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:us-east-1:123456789012:DeadlineNotifications',
    awsRegion: 'us-east-1',
  };
}

/** A notification of a task, small, with further fields at its top. */
export function task(JobID: unknown, TaskID: unknown, fields: object = {}) {
  return {
    TaskDetails: { JobID, TaskID, Status: 'Completed' },
    NotificationInfo: { Name: 'StoppedTaskNotification' },
    Timestamp: '2020-08-13T20:56:59.1013786Z',
    ...fields,
  };
}

/** A notification of a job, small, with further fields at its top. */
export function job(JobID: unknown, fields: object = {}) {
  return {
    JobDetails: { JobID, JobStatus: 'Failed' },
    NotificationInfo: { Name: 'JobStoppedNotification' },
    Timestamp: '2020-08-11T00:59:40.1512266Z',
    ...fields,
  };
}

/** A record for each of so many tasks of a job. */
export function tasks(jobId: string, count: number): SQSRecord[] {
  return Array.from({ length: count }, (_, taskId) => record(task(jobId, taskId)));
}

export function event(...Records: SQSRecord[]): SQSEvent {
  return { Records };
}

/** An invocation's context with so much time left, in ms. */
export function context(time = 30_000): Context {
  const deadline = Date.now() + time;
  return {
    awsRequestId: randomUUID(),
    getRemainingTimeInMillis: () => deadline - Date.now(),
  } as Context;
}
