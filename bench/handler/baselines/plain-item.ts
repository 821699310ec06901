import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { SQSRecord } from 'aws-lambda';

/** The usual setup. Empty strings become null, as in the documented rows. */
export const documentClient = DynamoDBDocumentClient.from(new DynamoDBClient(), {
  marshallOptions: { convertEmptyValues: true },
});

export interface PlainItem {
  readonly job_id: string;
  readonly task_id: number;
  readonly sent_timestamp: number;
  readonly [attribute: string]: unknown;
}

/** The item of a task notification, converted field by field, with no checks. */
export function plainItem({ body, attributes }: SQSRecord): PlainItem {
  const { Source, TaskDetails, NotificationInfo, WorkerInfo, Timestamp, PROTOCOL } =
    JSON.parse(body);
  const { AWSInfo, ...worker } = WorkerInfo;
  return {
    source: Source,
    task_details: TaskDetails,
    notification_info: NotificationInfo,
    worker_info: { aws_info: AWSInfo, ...worker },
    timestamp: Timestamp,
    protocol_version: PROTOCOL,
    sent_timestamp: Number(attributes.SentTimestamp),
    task_type: NotificationInfo.Name,
    job_id: TaskDetails.JobID,
    task_id: TaskDetails.TaskID,
  };
}
