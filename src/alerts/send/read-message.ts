import * as z from 'zod/mini';
import { must } from '../../shared/validate.ts';
import type { ChannelMessage } from '../message/channel-message.ts';

const text = z.string(must('be a text'));

const Message = z.object(
  {
    /** As SQS has it (API reference, `SendMessage`, `MessageDeduplicationId`). */
    id: text.check(z.regex(/^[\x21-\x7e]{1,128}$/, 'must have 1 to 128 printable characters')),
    alert: text,
    channel: text,
    payload: z.record(z.string(), z.unknown(), must('be an object')),
  },
  must('be an object'),
);

/** Why something is no message of a channel. */
export interface NoMessage {
  readonly problem: string;
}

/** A message of a channel, unchanged, from a body in the queue. */
export function readMessage(body: string): ChannelMessage | NoMessage {
  try {
    return checkMessage(JSON.parse(body));
  } catch {
    return { problem: 'It is no message of an alert: not JSON' };
  }
}

export function checkMessage(value: unknown): ChannelMessage | NoMessage {
  const { success, error } = z.safeParse(Message, value, { jitless: true });
  if (success) return value as ChannelMessage;
  const [{ path, message }] = error.issues as [z.core.$ZodIssue];
  return { problem: `It is no message of an alert: ${path.join('.') || 'it'} ${message}` };
}
