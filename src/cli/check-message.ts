import type { SQSRecord } from 'aws-lambda';
import { toItemOrOutcome } from '../ingest/ingest.ts';
import { toRecord } from '../shared/sqs-record.ts';
import { rulesOf, type Stack } from './aws/stack-outputs.ts';
import type { Letter } from './outgoing-message.ts';

/** What is to be sent, as the function would get it. */
export interface Checked extends Letter {
  readonly record: SQSRecord;
  /** Why the function would refuse it; `undefined` if it would not. */
  readonly refusal: string | undefined;
}

/** Finds out what would become of something that is sent now, by the function's own code and rules. */
export function check(letter: Letter, stack: Stack): Checked {
  const Attributes = { SentTimestamp: String(Date.now()) };
  const message = { MessageId: letter.file, Body: letter.body, Attributes };
  const record = toRecord(message, stack.QueueUrl);
  const made = toItemOrOutcome(record, rulesOf(stack));
  return { ...letter, record, refusal: 'reason' in made ? made.reason : undefined };
}
