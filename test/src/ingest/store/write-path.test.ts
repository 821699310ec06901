import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { beforeEach, describe, expect, inject, test } from 'vitest';
import golden from '../../../support/documented-example.json' with { type: 'json' };
import { loadFunction } from '../../../support/load-function.ts';
import { context, event, job, record, task } from '../../../support/records.ts';
import { emptyTables, type RawItem, TASKS, withoutIndexes } from '../../../support/test-tables.ts';

const { environment, row, tasksOf, client } = await emptyTables();
const handler = await loadFunction(environment);
const NOTHING_FAILED = { batchItemFailures: [] };

let jobId: string;
beforeEach(() => {
  jobId = crypto.randomUUID();
});

async function deliver(...records: ReturnType<typeof record>[]) {
  expect(await handler(event(...records), context())).toEqual(NOTHING_FAILED);
}

async function state(taskId = 0) {
  const { sent_timestamp, timestamp, state } = (await row(jobId, taskId)) ?? {};
  return { sent: sent_timestamp?.N, timestamp: timestamp?.S, state: state?.S };
}

describe('one row', () => {
  test('a new notification is inserted', async () => {
    await deliver(record(task(jobId, 0, { state: 'new' }), 1_000));
    expect(await state()).toMatchObject({ sent: '1000', state: 'new' });
  });

  test('a newer notification replaces it', async () => {
    await deliver(record(task(jobId, 0, { state: 'old' }), 1_000));
    await deliver(record(task(jobId, 0, { state: 'new' }), 1_001));
    expect(await state()).toMatchObject({ sent: '1001', state: 'new' });
  });

  test('an older notification that arrives later changes nothing', async () => {
    await deliver(record(task(jobId, 0, { state: 'new' }), 1_001));
    await deliver(record(task(jobId, 0, { state: 'old' }), 1_000));
    expect(await state()).toMatchObject({ sent: '1001', state: 'new' });
  });

  test('of several in one batch, the newest is written, whatever its position', async () => {
    await deliver(
      record(task(jobId, 0, { state: 'second' }), 1_001),
      record(task(jobId, 0, { state: 'third' }), 1_002),
      record(task(jobId, 0, { state: 'first' }), 1_000),
    );
    expect(await state()).toMatchObject({ sent: '1002', state: 'third' });
  });

  test('a redelivery changes nothing', async () => {
    const redelivered = record(task(jobId, 0, { state: 'once' }), 1_000);
    await deliver(redelivered, redelivered);
    const before = await row(jobId, 0);
    await deliver(redelivered);
    expect(await row(jobId, 0)).toEqual(before);
  });

  test.for([
    ['40.1Z', '40.15Z'],
    ['40.1512266Z', '40.1512267Z'],
    ['40Z', '40.0000001Z'],
    ['40.5+00:00', '40.6Z'],
    ['40.9+00:01', '40.1Z'],
    ['not a time', '40Z'],
  ])('of two sent in the same millisecond, %s is before %s', async ([earlier, later]) => {
    const at = (time = '') => (time.startsWith('40') ? `2020-08-11T00:59:${time}` : time);
    const first = record(task(jobId, 0, { Timestamp: at(earlier), state: 'earlier' }), 1_000);
    const second = record(task(jobId, 0, { Timestamp: at(later), state: 'later' }), 1_000);

    await deliver(first);
    await deliver(second);
    expect(await state()).toMatchObject({ state: 'later' });
    await deliver(first);
    expect(await state()).toMatchObject({ state: 'later' });
  });

  const atOnce = fc.uniqueArray(
    fc.record({
      Status: fc.constantFrom('Completed', 'Failed', 'Queued'),
      Timestamp: fc.constantFrom(undefined, 'soon', '2020-08-11T00:59:40Z'),
      more: fc.dictionary(fc.constantFrom('a', 'b', '5', 'N'), fc.oneof(fc.integer(), fc.string())),
    }),
    { minLength: 2, maxLength: 4, selector: (each) => JSON.stringify(each) },
  );

  test('of several sent at the same time, the same is kept whatever the order and the batches', async () => {
    await fc.assert(
      fc.asyncProperty(atOnce, fc.gen(), async (all, any) => {
        const kept = new Set<string>();
        for (let round = 0; round < 3; round += 1) {
          jobId = crypto.randomUUID();
          const left = any(fc.shuffledSubarray, all, { minLength: all.length });
          while (left.length > 0) {
            const some = left.splice(0, any(fc.integer, { min: 1, max: left.length }));
            const bodies = some.map(({ Status, Timestamp, more }) =>
              task('j', 0, {
                ...more,
                Timestamp,
                TaskDetails: { JobID: jobId, TaskID: 0, Status },
              }),
            );
            await deliver(...bodies.map((body) => record(body, 1_000)));
          }
          kept.add(JSON.stringify(await row(jobId, 0)).replaceAll(jobId, 'j'));
        }
        expect(kept.size).toBe(1);
      }),
      { numRuns: 25 },
    );
  });

  test.for([
    ['no Timestamp', undefined],
    ['an empty one', ''],
    ['a number', 5],
    ['a map', { a: [1] }],
  ])('a row with %s is replaced by one with a Timestamp', async ([, Timestamp]) => {
    await deliver(record(task(jobId, 0, { Timestamp, state: 'without' }), 1_000));
    await deliver(record(task(jobId, 0, { state: 'with' }), 1_000));
    expect(await state()).toMatchObject({ state: 'with' });
  });

  test('attributes that the newer notification lacks are removed', async () => {
    await deliver(
      record(task(jobId, 0, { 'a "quoted" one': 1, Source: 'w', state: 'old' }), 1_000),
    );
    await deliver(record(task(jobId, 0, { "it's": 2 }), 1_001));
    const stored = await row(jobId, 0);
    expect(Object.keys(stored ?? {}).sort()).toEqual([
      "it's",
      'job_id',
      'notification_info',
      'sent_timestamp',
      'task_details',
      'task_id',
      'task_type',
      'timestamp',
    ]);
  });

  test('a row written by the documented example is replaced by a newer notification', async () => {
    const documented = golden[1]?.tasks[0] as unknown as RawItem;
    const written: RawItem = { ...documented, job_id: { S: jobId } };
    await client.send(new PutItemCommand({ TableName: TASKS, Item: written }));
    const sent = Number(written.sent_timestamp?.N);

    await deliver(record(task(jobId, 0, { state: 'older' }), sent - 1));
    expect(await row(jobId, 0)).toEqual(written);
    await deliver(record(task(jobId, 0, { state: 'newer' }), sent + 1));
    expect(await state()).toMatchObject({ sent: String(sent + 1), state: 'newer' });
  });

  test("a timestamp under the attribute's name counts like any other", async () => {
    const earlier = record(task(jobId, 0, { Timestamp: '2020-08-11T00:59:59.1Z' }), 1_000);
    const later = record(
      task(jobId, 0, { Timestamp: undefined, timestamp: '2020-08-11T00:59:59.9Z' }),
      1_000,
    );
    await deliver(earlier);
    await deliver(later);
    expect(await state()).toMatchObject({ timestamp: '2020-08-11T00:59:59.9Z' });
    await deliver(earlier);
    expect(await state()).toMatchObject({ timestamp: '2020-08-11T00:59:59.9Z' });
  });

  test.for<[string, RawItem]>([
    ['no sent_timestamp', {}],
    ['no sent_timestamp but a later timestamp', { timestamp: { S: '2999-01-01T00:00:00Z' } }],
  ])('a row with %s is replaced by any notification', async ([, attributes]) => {
    const Item: RawItem = { job_id: { S: jobId }, task_id: { N: '0' }, ...attributes };
    await client.send(new PutItemCommand({ TableName: TASKS, Item }));
    await deliver(record(task(jobId, 0, { state: 'new' }), 1));
    expect(await state()).toMatchObject({ sent: '1', state: 'new' });
  });

  test('so is one with text as sent_timestamp, in a table without an index', async () => {
    const bare = await emptyTables(undefined, withoutIndexes(inject('template')));
    const handler = await loadFunction(bare.environment);
    const Item = { job_id: { S: jobId }, task_id: { N: '0' }, sent_timestamp: { S: 'yesterday' } };
    await bare.client.send(new PutItemCommand({ TableName: TASKS, Item }));
    expect(await handler(event(record(task(jobId, 0), 1)), context())).toEqual(NOTHING_FAILED);
    expect(await bare.row(jobId, 0)).toMatchObject({ sent_timestamp: { N: '1' } });
  });
});

describe('many rows', () => {
  test('two thousand tasks in one batch, half of them already stored', async () => {
    const taskIds = Array.from({ length: 2_000 }, (_, id) => id);
    await deliver(
      ...taskIds
        .filter((id) => id % 2)
        .map((id) => record(task(jobId, id, { state: 'old' }), 1_000)),
    );
    await deliver(...taskIds.map((id) => record(task(jobId, id, { state: 'new' }), 1_001)));
    const states = (await tasksOf(jobId)).map((item) => item.state?.S);
    expect(states).toEqual(taskIds.map(() => 'new'));
  });

  test('a job and its tasks in one batch, in both tables', async () => {
    await deliver(
      record(job(jobId, { state: 'stopped' })),
      record(task(jobId, 0, { state: 'a' })),
      record(task(jobId, -3, { state: 'b' })),
    );
    expect(await row(jobId)).toMatchObject({ state: { S: 'stopped' } });
    expect(await state(0)).toMatchObject({ state: 'a' });
    expect(await state(-3)).toMatchObject({ state: 'b' });
  });

  test('several jobs in one batch have separate rows, and so do their tasks with the same number', async () => {
    const jobIds = [1, 2, 3].map(() => crypto.randomUUID());
    await deliver(...jobIds.flatMap((id) => [record(job(id)), record(task(id, 0))]));
    for (const id of jobIds) {
      expect(await row(id)).toMatchObject({ job_id: { S: id } });
      expect(await row(id, 0)).toMatchObject({ job_id: { S: id } });
    }
  });

  test('a job whose notification has a task_id is still a job', async () => {
    await deliver(record(job(jobId, { task_id: 9, state: 'old' }), 5_000));
    await deliver(
      record(job(jobId, { task_id: 9, state: 'new' }), 5_001),
      record(task(jobId, 9, { state: 'task' }), 4_000),
    );
    expect(await row(jobId)).toMatchObject({ task_id: { N: '9' }, state: { S: 'new' } });
    expect(await state(9)).toMatchObject({ sent: '4000', state: 'task' });
  });

  test('an unknown name that does not start with Job is about a task', async () => {
    const NotificationInfo = { Name: 'RequeuedTaskNotification' };
    await deliver(record(task(jobId, 7, { NotificationInfo, state: 'requeued' })));
    expect(await state(7)).toMatchObject({ state: 'requeued' });
  });
});

test('ordered by its own Timestamp, a notification sent earlier may be the newer', async () => {
  const byTimestamp = await loadFunction({ ...environment, NEWEST_BY: 'timestamp' });
  const sentFirst = record(
    task(jobId, 0, { Timestamp: '2020-01-01T00:00:02Z', state: 'newer' }),
    1_000,
  );
  const sentLast = record(
    task(jobId, 0, { Timestamp: '2020-01-01T00:00:01Z', state: 'older' }),
    2_000,
  );
  await byTimestamp(event(sentLast), context());
  await byTimestamp(event(sentFirst), context());
  await byTimestamp(event(sentLast), context());
  expect(await state()).toMatchObject({ sent: '1000', state: 'newer' });
});
