import type { SQSRecord } from 'aws-lambda';
import { toItemOrOutcome } from '../ingest/ingest.ts';
import type { RowRules } from '../ingest/item/item.ts';
import { dateTime } from '../terminal/time.ts';
import { messageSubject } from './message-subject.ts';
import type { Cells } from './output.ts';

/** A message of the dead-letter queue, for a person. */
export interface DeadLetter {
  /** Its id. */
  readonly message: string;
  /** When SQS first got it, in ms since the epoch. */
  readonly sent: number;
  /** What it is about, such as `task 3 of job 5f15e68e…`; `unreadable` where it does not say. */
  readonly about: string;
  /** Why it is refused, by the function's own validation; `undefined` where it can be stored by now. */
  readonly reason: string | undefined;
}

/** @param rules of its stack; what is not given is as without a configuration */
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
    reason: reason ?? 'none: it can be stored, see replay',
  };
}
