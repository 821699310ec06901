import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { SQSRecord } from 'aws-lambda';
import { client } from './document-client.ts';
import { plainItem } from './plain-item.ts';

/** Puts the row of a record, unless the stored one is as new. */
export async function putIfNewer(record: SQSRecord): Promise<void> {
  const Item = plainItem(record);
  try {
    await client.send(
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
