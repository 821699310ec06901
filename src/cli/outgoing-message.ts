import { isUtf8 } from 'node:buffer';
import { readFile } from 'node:fs/promises';
import { addAbortSignal } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { NotFound } from '../shared/errors.ts';
import job from '../shared/samples/stopped-job.json' with { type: 'json' };
import task from '../shared/samples/stopped-task.json' with { type: 'json' };
import { problemOfBody } from './aws/message-body.ts';

/** Notifications that Deadline documents, by what they are about. */
const SAMPLES = { job, task };
export type Sample = keyof typeof SAMPLES;

/** What is to be sent. */
export interface Letter {
  /** Where it came from, for a person. */
  readonly file: string;
  readonly body: string;
  /** Why SQS would not take it; `undefined` if it would. */
  readonly problem: string | undefined;
}

export function sampleLetter(sample: Sample): Letter {
  return { file: `sample ${sample}`, body: JSON.stringify(SAMPLES[sample]), problem: undefined };
}

/** @throws NotFound when the file cannot be read */
export async function readLetter(file: string, signal: AbortSignal): Promise<Letter> {
  const bytes = await read(file, signal);
  const body = bytes.toString(); // with its byte order mark, if it has one: the function refuses it
  const problem = isUtf8(bytes) ? problemOfBody(body) : 'is no text in UTF-8';
  return { file, body, problem };
}

async function read(file: string, signal: AbortSignal): Promise<Buffer> {
  try {
    if (file === '-') return await buffer(addAbortSignal(signal, process.stdin));
    return await readFile(file, { signal });
  } catch (error) {
    signal.throwIfAborted();
    const { message } = error as Error;
    throw new NotFound(`The file ${file} cannot be read: ${message}`, { cause: error });
  }
}
