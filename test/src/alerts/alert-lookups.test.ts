import { BatchWriteItemCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeEach, expect, inject, test } from 'vitest';
import { createStackTables } from '../../../bench/stack-tables.ts';
import { lookupsIn } from '../../../src/alerts/alert-lookups.ts';
import { LookupFailed } from '../../../src/shared/errors.ts';
import { historyJobId } from '../../../src/shared/history-job-id.ts';
import { retryUntil } from '../../../src/shared/retry.ts';
import { first, serviceError, startProxy } from '../../support/proxy.ts';
import { entry } from '../../support/stream-events.ts';
import { HISTORY, JOBS } from '../../support/test-tables.ts';

const proxy = await startProxy();
const {
  client: setup,
  region,
  credentials,
} = await createStackTables(inject('historyTemplate'), inject('dynamoDbEndpoint'));
const client = new DynamoDBClient({
  region,
  credentials,
  endpoint: proxy.endpoint,
  maxAttempts: 1,
});
beforeEach(() => proxy.reset());
afterAll(() => {
  client.destroy();
  proxy[Symbol.dispose]();
});

const lookups = (signal = AbortSignal.timeout(30_000)) =>
  lookupsIn(client, { job: JOBS, history: HISTORY }, retryUntil(signal));

async function put(table: string, ...items: object[]) {
  const requests = items.map((item) => ({ PutRequest: { Item: marshall(item) } }));
  await setup.send(new BatchWriteItemCommand({ RequestItems: { [table]: requests } }));
}
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);
const of = (job: string, task: number, second: number, fields: object = {}) =>
  entry(task, {
    job_id: historyJobId(job),
    at: `2026-11-25T20:43:${String(second).padStart(2, '0')}.0000000Z#${task}#x`,
    ...fields,
  });

test('a row says what is known of its job; rows of other programs say what is documented', async () => {
  const job_details = {
    ...{ JobName: 'sq010_lighting', UserName: 'lighting-4', Department: 'lighting' },
    ...{ PluginName: 'Katana', Pool: 'none', BatchName: null, NumberOfTasks: 120 },
  };
  await put(
    JOBS,
    { job_id: 'whole', job_details },
    { job_id: 'odd', job_details: { JobName: 7, UserName: '', Pool: {}, NumberOfTasks: -1 } },
    { job_id: 'of another program', details: 'none' },
    { job_id: 'a text', job_details: 'none' },
  );
  const unknown = { name: undefined, user: undefined, department: undefined, plugin: undefined };
  const jobs = await lookups().jobs(
    new Set(['whole', 'odd', 'of another program', 'a text', 'no row']),
  );
  expect(Object.fromEntries(jobs)).toEqual({
    whole: {
      ...{ id: 'whole', name: 'sq010_lighting', user: 'lighting-4', department: 'lighting' },
      ...{ plugin: 'Katana', pool: 'none', batch: undefined, tasks: 120, from: 'an earlier stop' },
    },
    odd: expect.objectContaining({ ...unknown, tasks: undefined, from: 'an earlier stop' }),
    'of another program': expect.objectContaining({ ...unknown, from: 'nowhere' }),
    'a text': expect.objectContaining({ ...unknown, from: 'nowhere' }),
  });
});

test('rows are asked for by the hundred, and again where they were left unread', async () => {
  const jobs = upTo(120).map((each) => ({ job_id: `many${each}`, job_details: { JobName: 'a' } }));
  for (const some of upTo(5)) await put(JOBS, ...jobs.slice(24 * some, 24 * some + 24));
  const left = [{ job_id: { S: 'many3' } }];
  proxy.faultOf = first('BatchGetItem', {
    change: (answer) => {
      const rows = (answer.Responses as Record<string, { job_id: { S: string } }[]>)[JOBS] ?? [];
      const read = rows.filter(({ job_id }) => job_id.S !== 'many3');
      return { Responses: { [JOBS]: read }, UnprocessedKeys: { [JOBS]: { Keys: left } } };
    },
  });
  const found = await lookups().jobs(new Set(jobs.map(({ job_id }) => job_id)));
  expect(found.size).toBe(120);
  const keys = proxy.calls.map(({ input }) => input.RequestItems?.[JOBS]?.Keys.length);
  expect(keys).toEqual([100, 1, 20]);
});

test('the last entry of each task is found in the history, also of a job with a very long id', async () => {
  for (const job of ['6b067e72', 'j'.repeat(300)]) {
    await put(
      HISTORY,
      of(job, 1, 10),
      of(job, 1, 30, { transition: 'task-requeued' }),
      of(job, 2, 40, { worker: 'render-034', frames: '5-8', reason: 'crashed' }),
      of(job, 2, 20, { transition: 'task-requeued' }),
      of(job, 3, 50, { transition: 'job-failed', task: null }),
      of(job, 4, 55, { transition: 'something new' }),
      of(job, 5, 56, { task: 'five' }),
    );
    const last = await lookups().lastOfTasks(job);
    expect([...(last ?? [])]).toMatchObject([
      [1, { transition: 'task-requeued' }],
      [2, { transition: 'task-failed', worker: 'render-034', frames: '5-8', reason: 'crashed' }],
    ]);
  }
  expect(await lookups().lastOfTasks('no entries')).toEqual(new Map());
});

test('a history of ten pages is read; a longer one is not', async () => {
  const Key = { job_id: { S: 'long' }, at: { S: 'x' } };
  const page = (LastEvaluatedKey?: object) => {
    const Items = [marshall(of('long', proxy.calls.length, 10))];
    return { status: 200, body: { Items, ...(LastEvaluatedKey && { LastEvaluatedKey }) } };
  };
  proxy.faultOf = () => page(proxy.calls.length < 10 ? Key : undefined);
  expect((await lookups().lastOfTasks('long'))?.size).toBe(10);
  proxy.reset();
  proxy.faultOf = () => page(Key);
  expect(await lookups().lastOfTasks('long')).toBeUndefined();
  expect(proxy.calls).toHaveLength(10);
});

test('of all jobs together, forty pages are read', async () => {
  const key = marshall({ job_id: 'long', at: 'x' });
  proxy.faultOf = () => ({ status: 200, body: { Items: [], LastEvaluatedKey: key } });
  const all = lookups();
  await Promise.all(upTo(6).map((job) => all.lastOfTasks(`long${job}`)));
  expect(proxy.calls).toHaveLength(40);
  expect(await all.lastOfTasks('short')).toBeUndefined();
});

test('a page that fails is asked for again; the others are not', async () => {
  await put(HISTORY, of('again', 1, 10));
  proxy.faultOf = first('Query', serviceError('ThrottlingException'));
  expect((await lookups().lastOfTasks('again'))?.size).toBe(1);
  expect(proxy.calls).toHaveLength(2);
});

test('once time is up, it says why', async () => {
  proxy.faultOf = () => serviceError('ResourceNotFoundException');
  const denied = lookups(AbortSignal.timeout(100)).lastOfTasks('j');
  await expect(denied).rejects.toThrow(new LookupFailed('ResourceNotFoundException: injected'));
  proxy.faultOf = () => ({ delay: 60_000 });
  await expect(lookups(AbortSignal.timeout(100)).jobs(new Set(['j']))).rejects.toThrow(
    LookupFailed,
  );
});
