import type { SQSRecord } from 'aws-lambda';
import { type Attributes, toAttributes } from './attribute-value.ts';
import { InvalidNotification } from './errors.ts';
import { itemSize, MAX_ITEM_BYTES } from './item-size.ts';
import type { Json } from './json.ts';
import { instantOf, type Version } from './newest.ts';
import { identify, type Kind } from './notification.ts';
import { readRecord } from './record.ts';

/** One row as a notification would have it. */
export interface Item {
  readonly messageId: string;
  /** Which table it belongs to. */
  readonly kind: Kind;
  /** Names the row among those of both tables. */
  readonly id: string;
  readonly key: Attributes;
  readonly version: Version;
  /** All of the row, its key included. */
  readonly attributes: Attributes;
}

/** @throws InvalidNotification when the record cannot become a row, naming the field */
export function toItem(record: SQSRecord): Item {
  const { body, sentTimestamp, length } = readRecord(record);
  const { kind, name, jobId, taskId, timestamp } = identify(body);

  const key = keyOf(jobId, taskId);
  const attributes = toAttributes(body as { readonly [key: string]: Json });
  Object.assign(attributes, {
    sent_timestamp: { N: String(sentTimestamp) },
    task_type: { S: name },
    ...key,
  });
  checkSize(attributes, length);

  return {
    messageId: record.messageId,
    kind,
    id: rowId(jobId, taskId),
    key,
    version: { sentTimestamp, instant: instantOf(timestamp) },
    attributes,
  };
}

function keyOf(jobId: string, taskId: number | undefined): Attributes {
  return {
    job_id: { S: jobId },
    ...(taskId !== undefined && { task_id: { N: String(taskId) } }),
  };
}

/** The `id` of the row that a job or a task has. */
export function rowId(jobId: string, taskId: number | undefined): string {
  return `${taskId ?? 'job'}/${jobId}`;
}

/** Measures only what may be too large: no character of a body becomes more than three bytes. */
function checkSize(attributes: Attributes, length: number): void {
  const ADDED = 8_192;
  if (3 * length + ADDED <= MAX_ITEM_BYTES) return;
  const size = itemSize(attributes);
  if (size > MAX_ITEM_BYTES) {
    throw new InvalidNotification(
      `makes an item of ${size} bytes; DynamoDB takes ${MAX_ITEM_BYTES}`,
      ['body'],
    );
  }
}
