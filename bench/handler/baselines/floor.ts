import { BatchWriteItemCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { toAttributes } from '../../../src/ingest/item/attribute-value.ts';
import type { Json } from '../../../src/ingest/parse/json.ts';
import { chunks } from '../../../src/shared/chunks.ts';
import { plainItem } from './plain-item.ts';

const TABLE = process.env.TASK_TABLE_NAME as string;
const client = new DynamoDBClient();
// This middleware copies each request and response for a logger, even without one.
client.middlewareStack.remove('loggerMiddleware');

/** The least that any handler must do: parse, convert, and send, with no checks. */
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
