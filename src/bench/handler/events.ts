import { randomUUID } from 'node:crypto';
import type { SQSEvent } from 'aws-lambda';
import sample from '../../local/samples/stopped-task.json' with { type: 'json' };
import { toRecord } from '../../sqs/to-record.ts';

/** An event of so many records as documented, each of a task of its own. */
export function documentedTasks(jobId: string, count: number, sentTimestamp: number): SQSEvent {
  const { TaskDetails } = sample;
  const message = (TaskID: number) => ({
    MessageId: randomUUID(),
    Body: JSON.stringify({ ...sample, TaskDetails: { ...TaskDetails, JobID: jobId, TaskID } }),
    Attributes: { SentTimestamp: String(sentTimestamp) },
  });
  return { Records: Array.from({ length: count }, (_, taskId) => toRecord(message(taskId), '')) };
}
