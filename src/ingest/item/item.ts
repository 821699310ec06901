import type { SQSRecord } from 'aws-lambda';
import { EXPIRES_AT } from '../../shared/attribute-names.ts';
import { InvalidNotification } from '../../shared/errors.ts';
import { FAILED } from '../../shared/indexes.ts';
import type { Kind } from '../../shared/kinds.ts';
import type { EmptyFields } from '../../shared/setting-values.ts';
import type { Json } from '../parse/json.ts';
import { identify } from '../parse/notification.ts';
import { readRecord } from '../parse/record.ts';
import { type Attributes, toAttributes } from './attribute-value.ts';
import { itemSize, MAX_ITEM_BYTES } from './item-size.ts';
import { fitsStatement } from './statement-size.ts';
import { readVersion, type Version } from './version.ts';

/** One row as a notification would have it. */
export interface Item {
  /** Which table it belongs to. */
  readonly kind: Kind;
  /** Names the row among those of both tables. */
  readonly id: string;
  readonly key: Attributes;
  readonly version: Version;
  /** All of the row, its key included. */
  readonly attributes: Attributes;
}

/** What a farm wants its rows to hold. */
export interface RowRules {
  /** How long rows are kept after their notification was sent; `undefined` means for good. */
  readonly retentionDays: number | undefined;
  readonly emptyFields: EmptyFields;
}

/**
 * The most bytes that an item takes for each character of its body: three in UTF-8, and room for its keys,
 * which are in it twice, and for what is added to it.
 */
const MAX_BYTES_PER_CHARACTER = 4;

/**
 * The row that a record is to become.
 *
 * @param rules the defaults are those of Deadline's documented example: all fields, kept for good
 * @throws InvalidNotification when the record cannot become a row, naming the field
 */
export function toItem(record: SQSRecord, rules: Partial<RowRules> = {}): Item {
  const { retentionDays, emptyFields } = rules;
  const { body, sentTimestamp } = readRecord(record);
  const { kind, name, jobId, taskId, status } = identify(body);

  const key = {
    job_id: { S: jobId },
    ...(taskId !== undefined && { task_id: { N: String(taskId) } }),
  };
  const attributes = toAttributes(body as { readonly [key: string]: Json }, emptyFields, {
    sent_timestamp: { N: String(sentTimestamp) },
    task_type: { S: name },
    ...(kind === 'task' && { task_status: status === FAILED ? { S: FAILED } : undefined }),
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

  return { kind, id: rowId(kind, key), key, version: readVersion(attributes), attributes };
}

/** The `id` of the row with this key. */
export function rowId(kind: Kind, { job_id, task_id }: Attributes): string {
  // Stryker disable next-line OptionalChaining: no row is without its key.
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

/**
 * When the row of a notification is to go, in whole seconds since the epoch, as DynamoDB takes it. It
 * depends on the notification alone: whoever stores it, and however late, the row is the same.
 */
function expiresAt(sentTimestamp: number, days: number): number {
  return Math.floor(sentTimestamp / 1_000) + days * 24 * 60 * 60;
}
