import type { SQSRecord } from 'aws-lambda';
import { toItemOrOutcome } from '../ingest/ingest.ts';
import type { RowRules } from '../ingest/item/item.ts';
import { dateTime } from '../terminal/time.ts';
import { timeColumn } from './columns.ts';
import type { View } from './listing.ts';
import { messageSubject } from './message-subject.ts';
import type { Cells } from './output.ts';
import type { Session } from './session.ts';

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

export function deadLetterCells(letter: DeadLetter, utc?: boolean): Cells {
  const { message, sent, about } = letter;
  return { message, sent: dateTime(sent, utc), about, reason: reasonText(letter) };
}

export function deadLettersView(session: Session): View<DeadLetter> {
  return {
    columns: [
      { name: 'message', value: ({ message }) => message },
      timeColumn('sent', ({ sent }) => sent, session),
      { name: 'about', value: ({ about }) => about, elide: 'middle', width: [16, 28] },
      {
        name: 'reason',
        value: reasonText,
        elide: 'end',
        width: [12, 24],
      },
    ],
    always: ['message', 'reason'],
    further: ['sent', 'about'],
  };
}

function reasonText({ reason }: DeadLetter): string {
  return reason ?? 'none: it can be stored now, use replay';
}
