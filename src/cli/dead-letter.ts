import type { SQSRecord } from 'aws-lambda';
import { toItemOrOutcome } from '../ingest/ingest.ts';
import type { RowRules } from '../ingest/item/item.ts';
import { dateTime } from '../terminal/time.ts';
import { aboutOf } from './message-subject.ts';

/** A dead letter, for a person. */
export interface DeadLetter {
  readonly message: string;
  /** In this machine's time zone. */
  readonly sent: string;
  /** What it is about, such as `task 3 of job 5f15e68e…`; `unreadable` where it does not say. */
  readonly about: string;
  /** Why it is refused, by the same validation as the function's. */
  readonly reason: string;
}

const NOT_REFUSED = 'none: it can be stored, see replay';

/** @param rules of its stack; what is not given is as without a configuration */
export function describe(record: SQSRecord, rules?: Partial<RowRules>): DeadLetter {
  const parsed = toItemOrOutcome(record, rules);
  return {
    message: record.messageId,
    sent: dateTime(Number(record.attributes.SentTimestamp)),
    about: aboutOf(record),
    reason: 'reason' in parsed ? parsed.reason : NOT_REFUSED,
  };
}
