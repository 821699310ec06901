import { BatchWriteItemCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { toAttributes } from '../../../src/ingest/item/attribute-value.ts';
import type { Json } from '../../../src/ingest/parse/json.ts';
import { chunks } from '../../../src/shared/chunks.ts';
import { plainItem } from './plain-item.ts';

const TABLE = process.env.TASK_TABLE_NAME as string;
const client = new DynamoDBClient();
// It copies each request and answer for a log, also where there is none.
client.middlewareStack.remove('loggerMiddleware');

/** What any way of writing has to do: parse, marshal and send, without a look at anything. */
export async function handler({ Records }: SQSEvent): Promise<SQSBatchResponse> {
  await Promise.all(chunks(Records, 25).map(put));
  return { batchItemFailures: [] };
}

async function put(records: readonly SQSRecord[]): Promise<void> {
  const puts = records.map((record) => ({
    PutRequest: { Item: toAttributes(plainItem(record) as { readonly [key: string]: Json }) },
  }));
  await client.send(new BatchWriteItemCommand({ RequestItems: { [TABLE]: puts } }));
}
