import {
  BatchWriteItemCommand,
  type DynamoDBClient,
  type WriteRequest,
} from '@aws-sdk/client-dynamodb';
import type { SQSRecord } from 'aws-lambda';
import { EntryTable } from '../../src/ingest/history/entry-table.ts';
import { ingest } from '../../src/ingest/ingest.ts';
import type { Attributes } from '../../src/ingest/item/attribute-value.ts';
import { toItem } from '../../src/ingest/item/item.ts';
import { newestFirst } from '../../src/ingest/item/version.ts';
import { TableClient } from '../../src/ingest/store/table-client.ts';
import type { Random } from '../../src/local/farm/random.ts';
import { chunks } from '../../src/shared/chunks.ts';
import type { Kind } from '../../src/shared/kinds.ts';
import type { Retry } from '../../src/shared/retry.ts';
import type { NewestBy } from '../../src/shared/setting-values.ts';
import { PastReads, RowHistory } from './past-reads.ts';

export type TableNames = Readonly<Record<Kind | 'history', string>>;

/** What an invocation has to store its batch with. */
export interface Invocation {
  readonly client: DynamoDBClient;
  readonly tables: TableNames;
  readonly retry: Retry;
  readonly random: Random;
}

/** Stores a batch of records, and returns those to redeliver. */
export type Writer = (
  records: readonly SQSRecord[],
  invocation: Invocation,
) => Promise<readonly SQSRecord[]>;

/** The function's own code with the history, and with reads that may answer from the past. For one simulation. */
export function conditional(newestBy: NewestBy): Writer {
  const past = new RowHistory();
  const rules = {
    newestBy,
    retentionDays: undefined,
    emptyFields: 'keep',
    rendering: 'off',
  } as const;
  return async (records, { client, tables: names, retry, random }) => {
    const tables = new PastReads(new TableClient(client, names), past, random);
    const table = new EntryTable(client, names.history);
    const history = { level: 'all', days: 30, table, retry } as const;
    const { outcomes } = await ingest(records, tables, rules, retry, history);
    return records.filter((_, index) => 'reason' in (outcomes[index] as object));
  };
}

/** The most items in a `BatchWriteItem` (API reference). */
const MAX_PUTS = 25;

/**
 * An unconditional writer, as Deadline's documented example intends: puts the newest of each key in the
 * batch regardless of the stored row, and retries unprocessed items. Out of time, it fails the whole batch.
 */
export const unconditional: Writer = async (records, { client, tables: names, retry }) => {
  const rows = newestFirst(
    records.map((record) => toItem(record)),
    'sent_timestamp',
  );
  const puts = rows.flatMap(([newest]) =>
    newest ? [{ table: names[newest.kind], Item: newest.attributes }] : [],
  );
  try {
    await Promise.all(chunks(puts, MAX_PUTS).map((chunk) => put(chunk, client, retry)));
    return [];
  } catch (error) {
    if (retry.signal.aborted) return records;
    throw error;
  }
};

async function put(
  items: readonly { readonly table: string; readonly Item: Attributes }[],
  client: DynamoDBClient,
  retry: Retry,
): Promise<void> {
  let left: Record<string, WriteRequest[]> = {};
  for (const { table, Item } of items) {
    left[table] = [...(left[table] ?? []), { PutRequest: { Item } }];
  }
  for (let setbacks = 0; Object.keys(left).length > 0; setbacks += 1) {
    if (setbacks > 0) await retry.backoff(setbacks - 1);
    const answer = await client.send(new BatchWriteItemCommand({ RequestItems: left }));
    left = answer.UnprocessedItems ?? {};
  }
}
