import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { documentClient, plainItem } from './plain-item.ts';

/** The SDK's default number of connections. */
const CONCURRENCY = 50;

/** One conditional `PutItem` per record, 50 at a time. */
export async function handler({ Records }: SQSEvent): Promise<SQSBatchResponse> {
  const failed: string[] = [];
  const records = Records.values();
  await Promise.all(
    Array.from({ length: CONCURRENCY }, async () => {
      for (const record of records) {
        await putIfNewer(record).catch(() => failed.push(record.messageId));
      }
    }),
  );
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
}

/** Writes the row of a record, unless the stored row is as new or newer. */
export async function putIfNewer(record: SQSRecord): Promise<void> {
  const Item = plainItem(record);
  try {
    await documentClient.send(
      new PutCommand({
        TableName: process.env.TASK_TABLE_NAME,
        Item,
        ConditionExpression: 'attribute_not_exists(job_id) OR sent_timestamp < :sent',
        ExpressionAttributeValues: { ':sent': Item.sent_timestamp },
      }),
    );
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  }
}
