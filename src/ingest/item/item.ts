import type { SQSRecord } from 'aws-lambda';
import { EXPIRES_AT } from '../../shared/attribute-names.ts';
import { InvalidNotification } from '../../shared/errors.ts';
import { FAILED, RENDERS } from '../../shared/indexes.ts';
import type { Kind } from '../../shared/kinds.ts';
import { renderingPartition } from '../../shared/rendering-partition.ts';
import { expiresAt } from '../../shared/retention-days.ts';
import type { EmptyFields, Rendering } from '../../shared/setting-values.ts';
import type { Json } from '../parse/json.ts';
import { identify } from '../parse/notification.ts';
import { readRecord } from '../parse/record.ts';
import { type Attributes, toAttributes } from './attribute-value.ts';
import { itemSize, MAX_ITEM_BYTES } from './item-size.ts';
import { fitsStatement } from './statement-size.ts';
import { readVersion, type Version } from './version.ts';

/** A notification as a row. */
export interface Item {
  /** Which table it belongs to. */
  readonly kind: Kind;
  /** Identifies the row across both tables. */
  readonly id: string;
  readonly key: Attributes;
  readonly version: Version;
  /** The attributes that `backfill-index` may add to its row without a newer notification. */
  readonly indexKeys: readonly string[];
  /** The whole row, including its key. */
  readonly attributes: Attributes;
}

/** A farm's rules for the contents of rows. */
export interface RowRules {
  /** How long rows are kept after their notification was sent; `undefined` means forever. */
  readonly retentionDays: number | undefined;
  readonly emptyFields: EmptyFields;
  readonly rendering: Rendering;
}

/** The attributes by which indexes find some of the tasks, by the setting `rendering`. */
export const INDEX_KEYS: Readonly<Record<Rendering, readonly string[]>> = {
  off: ['task_status'],
  on: ['task_status', 'rendering'],
};

/**
 * An upper bound for an item's bytes per character of its body: three in UTF-8, plus room for the keys,
 * which the item has twice, and for added attributes.
 */
const MAX_BYTES_PER_CHARACTER = 4;

/**
 * Converts a record to an item.
 *
 * @param rules the defaults match Deadline's documented example: all fields, kept forever
 * @throws InvalidNotification naming the field, if the record cannot become a row
 */
export function toItem(record: SQSRecord, rules: Partial<RowRules> = {}): Item {
  const { retentionDays, emptyFields, rendering = 'off' } = rules;
  const { body, sentTimestamp } = readRecord(record);
  const { kind, name, jobId, taskId, status } = identify(body);

  const key = {
    job_id: { S: jobId },
    ...(taskId !== undefined && { task_id: { N: String(taskId) } }),
  };
  const attributes = toAttributes(body as { readonly [key: string]: Json }, emptyFields, {
    sent_timestamp: { N: String(sentTimestamp) },
    task_type: { S: name },
    ...(kind === 'task' && {
      task_status: status === FAILED ? { S: FAILED } : undefined,
      ...(rendering === 'on' && {
        rendering: status === RENDERS ? { S: renderingPartition(jobId) } : undefined,
      }),
    }),
    ...(retentionDays !== undefined && {
      [EXPIRES_AT]: { N: String(expiresAt(sentTimestamp, retentionDays)) },
    }),
    ...key,
  });
  if (record.body.length * MAX_BYTES_PER_CHARACTER > MAX_ITEM_BYTES) checkSize(attributes);
  if (!fitsStatement(attributes)) {
    throw new InvalidNotification('too many or too long names at its top for a statement', [
      'body',
    ]);
  }

  const version = readVersion(attributes);
  return { kind, id: rowId(kind, key), key, version, indexKeys: INDEX_KEYS[rendering], attributes };
}

/** The `id` of the row with this key. */
export function rowId(kind: Kind, { job_id, task_id }: Attributes): string {
  // Stryker disable next-line OptionalChaining: every row has its key.
  return kind === 'job' ? `job ${job_id?.S}` : `task ${Number(task_id?.N)} ${job_id?.S}`;
}

function checkSize(attributes: Attributes): void {
  const size = itemSize(attributes);
  if (size > MAX_ITEM_BYTES) {
    throw new InvalidNotification(
      `makes an item of ${size} bytes; DynamoDB takes ${MAX_ITEM_BYTES}`,
      ['body'],
    );
  }
}
