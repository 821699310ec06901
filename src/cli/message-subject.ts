import type { SQSRecord } from 'aws-lambda';
import { type Identity, identify } from '../ingest/parse/notification.ts';
import { readRecord } from '../ingest/parse/record.ts';
import { InvalidNotification, shorten } from '../shared/errors.ts';

/** What a message is about, such as `task 3 of job 5f15e68e…`, or `unreadable`. */
export function messageSubject(record: SQSRecord): string {
  const identity = messageIdentity(record);
  if (identity === undefined) return 'unreadable';
  const { kind, jobId, taskId } = identity;
  const job = `job ${shorten(jobId)}`;
  return kind === 'job' ? job : `task ${taskId} of ${job}`;
}

/** The identity of a message's notification; `undefined` if it is not valid. */
export function messageIdentity(record: SQSRecord): Identity | undefined {
  try {
    return identify(readRecord(record).body);
  } catch (error) {
    if (error instanceof InvalidNotification) return undefined;
    throw error;
  }
}
