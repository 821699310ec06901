import { readFile } from 'node:fs/promises';
import { addAbortSignal } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { SQSRecord } from 'aws-lambda';
import { toItemOrOutcome } from '../ingest/ingest.ts';
import { NotFound } from '../shared/errors.ts';
import { oneLine } from '../shared/printable.ts';
import job from '../shared/samples/stopped-job.json' with { type: 'json' };
import task from '../shared/samples/stopped-task.json' with { type: 'json' };
import { REFUSED_CHARACTER } from '../shared/sqs-queue.ts';
import { toRecord } from '../shared/sqs-record.ts';
import { functionRules, type StackOutputs } from './aws/stack-outputs.ts';
import { byteOrderMarkProblem, encodingProblem } from './text-encoding.ts';

/** Notifications from Deadline's documentation. */
const SAMPLES = { job, task };
export type Sample = keyof typeof SAMPLES;

/** A message to send. */
export interface OutgoingMessage {
  /** Where it came from, as shown to the user. */
  readonly file: string;
  readonly body: string;
  /** Why SQS would reject it; `undefined` if it would not. */
  readonly problem: string | undefined;
}

export function sampleMessage(sample: Sample): OutgoingMessage {
  return { file: `sample ${sample}`, body: JSON.stringify(SAMPLES[sample]), problem: undefined };
}

/** @throws NotFound if the file cannot be read */
export async function readMessage(file: string, signal: AbortSignal): Promise<OutgoingMessage> {
  const bytes = await read(file, signal);
  const body = bytes.toString(); // keeps a byte order mark
  return { file, body, problem: encodingProblem(bytes) ?? bodyProblem(body) };
}

async function read(file: string, signal: AbortSignal): Promise<Buffer> {
  try {
    if (file === '-') return await buffer(addAbortSignal(signal, process.stdin));
    return await readFile(file, { signal });
  } catch (error) {
    signal.throwIfAborted();
    const { message } = error as Error;
    const problem = `The file ${file} cannot be read: ${message}. Nothing was sent.`;
    throw new NotFound(oneLine(problem), { cause: error });
  }
}

/** The largest SQS message, in bytes of UTF-8 (API reference, `SendMessage`). */
const MAX_BYTES = 1_048_576;

/** Why SQS would reject a text as a message; `undefined` if it would not. */
export function bodyProblem(text: string): string | undefined {
  if (text === '') return 'is empty, and SQS rejects empty messages';
  const bytes = Buffer.byteLength(text);
  if (bytes > MAX_BYTES) return `has ${bytes} bytes; the limit of SQS is ${MAX_BYTES}`;
  const [character] = REFUSED_CHARACTER.exec(text) ?? [];
  if (character === undefined) return undefined;
  const code = (character.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0');
  return `has a character that SQS rejects, U+${code}`;
}

/** A message to send, as the function would receive it. */
export interface CheckedMessage extends OutgoingMessage {
  readonly record: SQSRecord;
  /** Why the function would reject it; `undefined` if it would not. */
  readonly refusal: string | undefined;
}

/** Predicts the outcome of a message sent now, with the function's own code and rules. */
export function checkMessage(message: OutgoingMessage, stack: StackOutputs): CheckedMessage {
  const Attributes = { SentTimestamp: String(Date.now()) };
  const received = { MessageId: message.file, Body: message.body, Attributes };
  const record = toRecord(received, stack.QueueUrl);
  const made = toItemOrOutcome(record, functionRules(stack));
  const reason = 'reason' in made ? made.reason : undefined;
  return { ...message, record, refusal: reason && (byteOrderMarkProblem(message.body) ?? reason) };
}
