import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import * as z from 'zod/mini';
import { InvalidEvent } from './errors.ts';
import { entryToTransition, readEntry, type Transition } from './history-entry.ts';

/** A record of the history's stream. */
export interface StreamRecord {
  /** Its position in its shard. */
  readonly sequenceNumber: string;
  /** `undefined` unless the record is of a new entry of the history. */
  readonly transition: Transition | undefined;
}

const Event = z.object({
  Records: z.array(z.object({ dynamodb: z.object({ SequenceNumber: z.string() }) })),
});

/**
 * The records of an event of a DynamoDB stream. Only inserts are transitions: entries do not change, and DynamoDB
 * deletes those that have expired.
 *
 * @throws InvalidEvent unless each record has a position: without one, it cannot be reported as failed
 */
export function readStreamEvent(event: DynamoDBStreamEvent): StreamRecord[] {
  const { success, error } = z.safeParse(Event, event);
  if (success) {
    return event.Records.map((record) => ({
      sequenceNumber: record.dynamodb?.SequenceNumber ?? '',
      transition: record.eventName === 'INSERT' ? newTransition(record) : undefined,
    }));
  }
  const [{ path }] = error.issues as [z.core.$ZodIssue];
  const where = path.join('.') || 'the event';
  throw new InvalidEvent(`Not an event of a DynamoDB stream: ${where} is missing or not valid`);
}

function newTransition({ dynamodb }: DynamoDBRecord): Transition | undefined {
  const image = dynamodb?.NewImage as Record<string, AttributeValue> | undefined;
  return image && itemToTransition(image);
}

/** The transition that an item of the history's table tells of, as DynamoDB has it; `undefined` if it is no entry. */
export function itemToTransition(item: Record<string, AttributeValue>): Transition | undefined {
  try {
    return toTransition(unmarshall(item));
  } catch {
    return undefined; // a number that JavaScript cannot hold, which no entry has
  }
}

/** The transition that an entry tells of; `undefined` if it is no entry of the history. */
export function toTransition(attributes: unknown): Transition | undefined {
  const entry = readEntry(attributes);
  if (entry === undefined) return undefined;
  const transition = entryToTransition(entry);
  const isOfJob = transition.transition.startsWith('job-');
  const isTold = (transition.task === null) === isOfJob && !Number.isNaN(Date.parse(transition.at));
  return isTold ? transition : undefined;
}
