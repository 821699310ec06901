import { randomUUID } from 'node:crypto';
import type { SQSEvent, SQSRecord } from 'aws-lambda';
import sample from '../local/samples/stopped-task.json' with { type: 'json' };
import { toRecord } from '../sqs/to-record.ts';

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
    Body: JSON.stringify({ ...sample, TaskDetails }),
    Attributes: { SentTimestamp: String(sentTimestamp) },
  };
  return toRecord(message, '');
}
