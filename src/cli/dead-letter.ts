import type { SQSRecord } from 'aws-lambda';
import { toItemOrOutcome } from '../ingest/ingest.ts';
import type { RowRules } from '../ingest/item/item.ts';
import { dateTime } from '../terminal/time.ts';
import { messageSubject } from './message-subject.ts';
import type { Cells } from './output.ts';

/** A message in the dead-letter queue, as shown to the user. */
export interface DeadLetter {
  /** The message id. */
  readonly message: string;
  /** When SQS first received it, in ms since the epoch. */
  readonly sent: number;
  /** What it is about, such as `task 3 of job 5f15e68e…`, or `unreadable`. */
  readonly about: string;
  /** Why the function's validation rejects it; `undefined` if it can now be stored. */
  readonly reason: string | undefined;
}

/** @param rules the stack's; rules that are not set have their defaults */
export function describeDeadLetter(record: SQSRecord, rules?: Partial<RowRules>): DeadLetter {
  const made = toItemOrOutcome(record, rules);
  return {
    message: record.messageId,
    sent: Number(record.attributes.SentTimestamp),
    about: messageSubject(record),
    reason: 'reason' in made ? made.reason : undefined,
  };
}

export function deadLetterCells({ sent, reason, ...letter }: DeadLetter, utc?: boolean): Cells {
  return {
    message: letter.message,
    sent: dateTime(sent, utc),
    about: letter.about,
    reason: reason ?? 'none: it can be stored now, use replay',
  };
}
