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

/** An SQS record, parsed. */
export interface Message {
  /** When SQS got it, in ms since the epoch. Redelivery does not change it. */
  readonly sentTimestamp: number;
  readonly body: Json;
}

/** @throws InvalidNotification when the record was not sent by SQS as it should be, or is not JSON */
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
      // Its message may quote the text. Only the position may be logged.
      const [position] = /position \d+/.exec(error.message) ?? [];
      throw new InvalidNotification(`is not JSON${position ? ` (${position})` : ''}`, ['body']);
    }
    if (error instanceof RangeError) {
      throw new InvalidNotification('nests too deeply to be read', ['body']);
    }
    throw error;
  }
}
