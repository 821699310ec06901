import type { SQSRecord } from 'aws-lambda';
import * as z from 'zod/mini';
import { InvalidNotification } from '../../shared/errors.ts';
import { must, validate } from '../../shared/validate.ts';
import { type Json, parseJson } from './json.ts';

const Received = z.object({
  attributes: z.object(
    {
      SentTimestamp: z
        .string(must('be a string of digits'))
        .check(z.regex(/^\d{1,15}$/, must('be milliseconds since the epoch, in digits'))),
    },
    must('be an object'),
  ),
  body: z.string(must('be a string')),
});

/** A parsed SQS record. */
export interface Message {
  /** When SQS received it, in ms since the epoch. Redelivery does not change it. */
  readonly sentTimestamp: number;
  readonly body: Json;
}

/** @throws InvalidNotification if the record lacks SQS's attributes, or its body is not JSON */
export function readRecord(record: SQSRecord): Message {
  const { attributes, body } = validate(Received, record);
  return { sentTimestamp: Number(attributes.SentTimestamp), body: readBody(body) };
}

function readBody(text: string): Json {
  if (text.trim() === '') throw new InvalidNotification('is empty', ['body']);
  try {
    return parseJson(text);
  } catch (error) {
    if (error instanceof SyntaxError) {
      // The error may quote the payload, so only the position is logged.
      const [position] = /position \d+/.exec(error.message) ?? [];
      throw new InvalidNotification(`is not JSON${position ? ` (${position})` : ''}`, ['body']);
    }
    if (error instanceof RangeError) {
      throw new InvalidNotification('nests too deeply to be read', ['body']);
    }
    throw error;
  }
}
