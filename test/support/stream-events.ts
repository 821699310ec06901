import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import type { Transition } from '../../src/shared/history-entry.ts';

/** An entry of the history, as an attribute map, of which some attributes are as a test has them. */
export function entry(task: number, attributes: object = {}) {
  return {
    job_id: '6b067e72f6ac6ffc9125246d',
    at: `2026-11-25T20:43:55.${String(task).padStart(7, '0')}Z`,
    transition: 'task-failed' satisfies Transition['transition'],
    task,
    status: 'Failed',
    worker: 'render-036',
    expires_at: 1_800_000_000,
    ...attributes,
  };
}

/** A record of the history's stream of which the position is a number. */
export function streamRecord(
  position: number,
  image: object = entry(position),
  eventName: DynamoDBRecord['eventName'] = 'INSERT',
): DynamoDBRecord {
  const NewImage = marshall(image) as NonNullable<DynamoDBRecord['dynamodb']>['NewImage'];
  return {
    eventName,
    dynamodb: {
      SequenceNumber: String(position),
      ...(eventName === 'REMOVE' ? {} : { NewImage }),
    },
  };
}

export function streamEvent(...Records: DynamoDBRecord[]): DynamoDBStreamEvent {
  return { Records };
}
