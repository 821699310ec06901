import type { SQSEvent, SQSRecord } from 'aws-lambda';
import * as z from 'zod/mini';
import { InvalidEvent } from './errors.ts';

const Event = z.object({
  Records: z.array(z.object({ messageId: z.string().check(z.minLength(1)) })),
});

/**
 * The records of an SQS event.
 *
 * @throws InvalidEvent unless each has a message id: without one, a record cannot be reported as failed
 */
export function readEvent(event: SQSEvent): SQSRecord[] {
  const { success, error } = z.safeParse(Event, event);
  if (success) return event.Records;
  const [{ path }] = error.issues as [z.core.$ZodIssue];
  const where = path.join('.') || 'the event';
  throw new InvalidEvent(`Not an SQS event: ${where} is missing or not valid`);
}
