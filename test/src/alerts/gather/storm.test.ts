import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import { expect, test } from 'vitest';
import { gather } from '../../../../src/alerts/gather/gather.ts';
import type { AlertMessage } from '../../../../src/alerts/message/alert-message.ts';
import { readStreamEvent } from '../../../../src/shared/stream-event.ts';
import { alertThat, NOW, rowOf, tablesWith } from '../../../support/alert-batches.ts';

const [TASKS, JOBS] = [10_000, 300];
/** The most that Lambda passes at once: records, and bytes (AWS Lambda developer guide, "Lambda quotas"). */
const [MAX_RECORDS, MAX_BYTES] = [10_000, 6 * 1_024 * 1_024];

/** A failed task's record, as the stream has it, with so many characters of reason. */
function recordOf(index: number, reason: number): DynamoDBRecord {
  const at = new Date(NOW - 60_000 + 5 * index).toISOString().replace('Z', '0000Z');
  const keys = {
    job_id: `6b067e72f6ac6ffc9125${String(index % JOBS).padStart(4, '0')}`,
    at: `${at}#${index}#StoppedTaskNotification#0123abcd`,
  };
  const NewImage = marshall({
    ...keys,
    ...{ transition: 'task-failed', task: index, status: 'Failed', errors: 3, frames: '1-4' },
    ...{ worker: `render-${index % 120}`, renderTime: '00:02:11', expires_at: 1_800_000_000 },
    ...(reason > 0 && { reason: 'x'.repeat(reason) }),
  });
  return {
    ...{ eventID: '0'.repeat(32), eventName: 'INSERT', eventVersion: '1.1' },
    ...{ eventSource: 'aws:dynamodb', awsRegion: 'eu-west-1' },
    dynamodb: {
      ...{ ApproximateCreationDateTime: 1_795_640_400, SequenceNumber: String(index) },
      ...{ SizeBytes: 1_024, StreamViewType: 'NEW_IMAGE', Keys: marshall(keys) },
      NewImage,
    },
    eventSourceARN: `arn:aws:dynamodb:eu-west-1:123456789012:table/History/stream/${at}`,
  } as DynamoDBRecord;
}

/** Splits the records of a shard as Lambda does. */
function batchesOf(records: readonly DynamoDBRecord[]): DynamoDBRecord[][] {
  const batches: DynamoDBRecord[][] = [];
  let bytes = Infinity;
  for (const record of records) {
    const size = JSON.stringify(record).length + 1;
    bytes += size;
    if (bytes > MAX_BYTES || batches.at(-1)?.length === MAX_RECORDS) {
      batches.push([]);
      bytes = size;
    }
    batches.at(-1)?.push(record);
  }
  return batches;
}

test.for([
  { entries: 'usual', reason: 0, shards: 4, messages: 4 },
  { entries: 'largest', reason: 690, shards: 1, messages: 3 },
])(
  '10,000 failed tasks of 300 jobs make $messages messages, with $entries entries, shards: $shards',
  async ({ reason, shards, messages }) => {
    const records = Array.from({ length: TASKS }, (_, index) => recordOf(index, reason));
    const byShard = Map.groupBy(records, (_, index) => (index % JOBS) % shards);
    const batches = [...byShard.values()].flatMap(batchesOf);
    const { lookups } = tablesWith([rowOf('6b067e72f6ac6ffc91250000')]);
    const told: AlertMessage[] = [];
    for (const Records of batches) {
      const transitions = readStreamEvent({ Records }).flatMap(
        ({ transition }) => transition ?? [],
      );
      told.push(...(await gather(transitions, [alertThat()], lookups, NOW)));
    }
    expect(told.map(({ kind }) => kind)).toEqual(Array(messages).fill('digest'));
    expect(told.flatMap(({ transitions }) => transitions)).toHaveLength(TASKS);
    expect(new Set(told.flatMap(({ transitions }) => transitions.map(({ id }) => id))).size).toBe(
      TASKS,
    );
  },
);
