import { setTimeout } from 'node:timers/promises';
import {
  BatchWriteCommand,
  type BatchWriteCommandInput,
  type BatchWriteCommandOutput,
} from '@aws-sdk/lib-dynamodb';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { chunks } from '../../../src/shared/chunks.ts';
import { documentClient, type PlainItem, plainItem } from './plain-item.ts';

const TABLE = process.env.TASK_TABLE_NAME as string;

/** The newest notification of each task in the batch, written without a condition, 25 per request. */
export async function handler({ Records }: SQSEvent): Promise<SQSBatchResponse> {
  const newest = new Map<string, PlainItem>();
  for (const record of Records) {
    const item = plainItem(record);
    const id = `${item.job_id} ${item.task_id}`;
    const rival = newest.get(id);
    if (rival === undefined || rival.sent_timestamp < item.sent_timestamp) newest.set(id, item);
  }
  await Promise.all(chunks([...newest.values()], 25).map(put));
  return { batchItemFailures: [] };
}

async function put(items: readonly PlainItem[]): Promise<void> {
  let left: BatchWriteCommandInput['RequestItems'] = {
    [TABLE]: items.map((Item) => ({ PutRequest: { Item } })),
  };
  for (let longest = 50; left && Object.keys(left).length > 0; longest *= 2) {
    const answer: BatchWriteCommandOutput = await documentClient.send(
      new BatchWriteCommand({ RequestItems: left }),
    );
    left = answer.UnprocessedItems;
    if (left && Object.keys(left).length > 0) await setTimeout(Math.random() * longest);
  }
}
