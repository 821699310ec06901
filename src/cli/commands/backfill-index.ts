import { type AttributeValue, DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import type { Attributes } from '../../ingest/item/attribute-value.ts';
import { INDEX_KEYS, rowId } from '../../ingest/item/item.ts';
import { readVersion } from '../../ingest/item/version.ts';
import type { Change } from '../../ingest/store/edit.ts';
import { TableClient } from '../../ingest/store/table-client.ts';
import { DeadlineNotificationsError } from '../../shared/errors.ts';
import { FAILED, RENDERS } from '../../shared/indexes.ts';
import { renderingPartition } from '../../shared/rendering-partition.ts';
import { retryUntil } from '../../shared/retry.ts';
import type { Rendering } from '../../shared/setting-values.ts';
import { StatusLine } from '../../terminal/status-line.ts';
import { span } from '../../terminal/time.ts';
import { jsonLine } from '../output.ts';
import { open, type Session } from '../session.ts';

/** Attempts to read a page of the table while DynamoDB is busy. */
const ATTEMPTS = 20;

/** Time to write a page of rows while DynamoDB is busy, in ms. */
const PATIENCE = 60_000;

/**
 * Adds tasks to the indexes that failed, or that began to render, before these existed: rows written by another
 * program, an earlier version, or without the setting `rendering`. Reads the whole task table once, and writes a
 * row only if it has not changed since it was read.
 */
export async function backfillIndex(session: Session): Promise<number> {
  const { account, signal, json } = session;
  const { stack } = await open(session);
  const writer = new DynamoDBClient({ ...account, maxAttempts: 1 });
  const tables = new TableClient(writer, { job: stack.JobTableName, task: stack.TaskTableName });
  const total = { read: 0, indexed: 0, changed: 0 };
  using line = new StatusLine();
  const indexes = stack.Rendering === 'on' ? 'the indexes' : 'the index';
  const begin = performance.now();
  for await (const { Items = [], ScannedCount = 0 } of paginateScan(
    { client: new DynamoDBClient({ ...account, maxAttempts: ATTEMPTS }) },
    {
      TableName: stack.TaskTableName,
      ...notIndexed(stack.Rendering),
    },
    { abortSignal: signal },
  )) {
    const indexed = await write(
      Items.map((row) => intoIndex(row, stack.Rendering)),
      tables,
      signal,
    );
    total.read += ScannedCount;
    total.indexed += indexed;
    total.changed += Items.length - indexed;
    line.show(
      `${total.read} tasks read, ${total.indexed} added to ${indexes}`,
      span(performance.now() - begin),
    );
  }
  if (json) console.log(jsonLine(total));
  else {
    console.log(`Added ${total.indexed} of ${total.read} tasks to ${indexes}.`);
    if (total.changed > 0) console.log(`${total.changed} got a newer notification meanwhile.`);
  }
  return 0;
}

/** Selects the rows that an index lacks, with the attributes that identify them, their version, and their status. */
function notIndexed(rendering: Rendering) {
  const failed = 'task_details.#status = :failed AND attribute_not_exists(task_status)';
  const renders = 'task_details.#status = :renders AND attribute_not_exists(rendering)';
  const lacks = rendering === 'on' ? `(${failed} OR ${renders})` : failed;
  return {
    // An index takes no row whose sort key is missing or of another type.
    FilterExpression: `${lacks} AND attribute_type(sent_timestamp, :number)`,
    ProjectionExpression:
      'job_id, task_id, sent_timestamp, #timestamp, task_type, task_status, rendering, task_details.#status',
    ExpressionAttributeNames: { '#status': 'Status', '#timestamp': 'timestamp' },
    ExpressionAttributeValues: {
      ':failed': { S: FAILED },
      ...(rendering === 'on' && { ':renders': { S: RENDERS } }),
      ':number': { S: 'N' },
    },
  };
}

function intoIndex({ task_details, ...stored }: Attributes, rendering: Rendering): Change {
  const { job_id, task_id } = stored as { job_id: AttributeValue; task_id: AttributeValue };
  const indexKey =
    task_details?.M?.Status?.S === FAILED
      ? { task_status: { S: FAILED } }
      : { rendering: { S: renderingPartition(job_id.S ?? '') } };
  const item = {
    kind: 'task',
    id: rowId('task', stored),
    key: { job_id, task_id },
    version: readVersion(stored),
    indexKeys: INDEX_KEYS[rendering],
    attributes: { ...stored, ...indexKey },
  } as const;
  return { item, stored };
}

/** @returns how many were written; the others were changed by another writer, or deleted */
async function write(
  all: readonly Change[],
  tables: TableClient,
  signal: AbortSignal,
): Promise<number> {
  const time = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE)]);
  const { backoff } = retryUntil(time);
  let changes = all;
  let changed = 0;
  for (let setbacks = 0; changes.length > 0; setbacks += 1) {
    if (setbacks > 0) await backoff(setbacks);
    const failures = await tables.write(changes, time);
    signal.throwIfAborted();
    for (const failure of failures) {
      if (failure?.kind === 'lost') changed += 1;
      else if (failure && (failure.kind !== 'busy' || time.aborted)) {
        throw new DeadlineNotificationsError(`A row was not written: ${failure.reason}`);
      }
    }
    changes = changes.filter((_, index) => failures[index]?.kind === 'busy');
  }
  return all.length - changed;
}
