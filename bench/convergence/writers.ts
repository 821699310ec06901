import {
  BatchWriteItemCommand,
  type DynamoDBClient,
  type WriteRequest,
} from '@aws-sdk/client-dynamodb';
import type { SQSRecord } from 'aws-lambda';
import { ingest } from '../../src/ingest/ingest.ts';
import type { Attributes } from '../../src/ingest/item/attribute-value.ts';
import { toItem } from '../../src/ingest/item/item.ts';
import { newestFirst } from '../../src/ingest/item/version.ts';
import type { Kind } from '../../src/ingest/parse/notification.ts';
import type { Patience } from '../../src/ingest/store/retry.ts';
import { Tables } from '../../src/ingest/store/table-client.ts';
import { chunks } from '../../src/shared/chunks.ts';

export type TableNames = Readonly<Record<Kind, string>>;

/** Stores a batch of records, and returns those to deliver again. */
export type Writer = (
  records: readonly SQSRecord[],
  client: DynamoDBClient,
  tables: TableNames,
  patience: Patience,
) => Promise<SQSRecord[]>;

/** The function's own code. */
export const conditional: Writer = async (records, client, names, patience) => {
  const tables = new Tables(client, names);
  const rules = {
    newestBy: 'sent_timestamp',
    retentionDays: undefined,
    emptyFields: 'keep',
  } as const;
  const { outcomes } = await ingest(records, tables, rules, patience);
  return records.filter((_, index) => 'reason' in (outcomes[index] as object));
};

/** How many items one `BatchWriteItem` takes (API reference). */
const MAX_PUTS = 25;

/**
 * What Deadline's documented example means to do: it writes the newest notification of each row in the batch,
 * whatever is stored, and retries what DynamoDB leaves unprocessed. Out of time, the whole batch fails.
 */
export const unconditional: Writer = async (records, client, names, patience) => {
  const rows = newestFirst(
    records.map((record) => toItem(record)),
    'sent_timestamp',
  );
  const puts = rows.flatMap(([newest]) =>
    newest ? [{ table: names[newest.kind], Item: newest.attributes }] : [],
  );
  try {
    await Promise.all(chunks(puts, MAX_PUTS).map((chunk) => put(chunk, client, patience)));
    return [];
  } catch (error) {
    if (patience.signal.aborted) return [...records];
    throw error;
  }
};

async function put(
  items: readonly { readonly table: string; readonly Item: Attributes }[],
  client: DynamoDBClient,
  patience: Patience,
): Promise<void> {
  let left: Record<string, WriteRequest[]> = {};
  for (const { table, Item } of items) {
    left[table] = [...(left[table] ?? []), { PutRequest: { Item } }];
  }
  for (let setbacks = 0; Object.keys(left).length > 0; setbacks += 1) {
    if (setbacks > 0) await patience.pause(setbacks - 1);
    const answer = await client.send(new BatchWriteItemCommand({ RequestItems: left }));
    left = answer.UnprocessedItems ?? {};
  }
}
