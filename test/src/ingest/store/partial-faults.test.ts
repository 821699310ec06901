import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { beforeEach, expect, test } from 'vitest';
import { always, behindProxy, READ, WRITE } from '../../../support/function-behind-proxy.ts';
import { type Call, first, serviceError } from '../../../support/proxy.ts';
import { context, record, task, tasks } from '../../../support/records.ts';
import { TASKS } from '../../../support/test-tables.ts';

const { proxy, row, deliver, operations } = await behindProxy();

let jobId: string;
beforeEach(() => {
  jobId = crypto.randomUUID();
  proxy.reset();
});

const records = (count: number) => tasks(jobId, count);

/** Refuses a request as invalid that has an item with this attribute. */
const refusing = (attribute: string) => (call: Call) =>
  call.input.Statements?.some(({ Statement }) => Statement.includes(attribute))
    ? serviceError('ValidationException')
    : undefined;

test.for([
  'ProvisionedThroughputExceeded',
  'ThrottlingError',
  'RequestLimitExceeded',
  'InternalServerError',
  'TransactionConflict',
])('statements rejected with %s inside HTTP 200 are retried', async (code) => {
  proxy.faultOf = first(WRITE, { code, refuses: () => true });
  expect(await deliver(records(3))).toEqual([]);
  expect(operations()).toEqual([READ, WRITE, READ, WRITE]);
});

test.for(['AccessDenied', 'ResourceNotFound', 'SomethingNew'])(
  'statements rejected with %s inside HTTP 200 are reported immediately, and stored when redelivered',
  async (code) => {
    proxy.faultOf = first(WRITE, { code, refuses: () => true });
    const batch = records(3);
    expect(await deliver(batch)).toEqual([0, 1, 2]);
    expect(operations()).toEqual([READ, WRITE]);
    expect(await deliver(batch)).toEqual([]);
  },
);

test('of the statements in one request, only those permanently throttled are reported', async () => {
  proxy.faultOf = always(WRITE, {
    code: 'ThrottlingError',
    refuses: (statement) => statement.includes('throttled'),
  });
  const throttled = record(task(jobId, 3, { throttled: true }));
  expect(await deliver([throttled, ...records(3)], context(2_000))).toEqual([0]);
  expect(operations().length).toBeLessThan(50);
  proxy.reset();
  expect(await deliver([throttled])).toEqual([]);
});

test('of the keys in one request, those left unprocessed are read again', async () => {
  await deliver(records(3));
  proxy.faultOf = first(READ, {
    change: ({ Responses }) => {
      const [left, ...read] =
        (Responses as Record<string, Record<string, AttributeValue>[]>)[TASKS] ?? [];
      const key = { job_id: left?.job_id, task_id: left?.task_id };
      return { Responses: { [TASKS]: read }, UnprocessedKeys: { [TASKS]: { Keys: [key] } } };
    },
  });
  proxy.calls.length = 0;
  expect(await deliver(records(3))).toEqual([]);
  expect(proxy.calls.map(({ input }) => input.RequestItems?.[TASKS]?.Keys.length)).toEqual([3, 1]);
});

test('a request rejected as invalid is retried statement by statement, and only one item fails', async () => {
  proxy.faultOf = refusing('poison');
  const bad = record(task(jobId, 3, { poison: 1 }));
  expect(await deliver([...records(3), bad])).toEqual([3]);
  expect(operations()).toEqual([READ, WRITE, WRITE, WRITE, WRITE, WRITE]);
});

test("instead of an item that DynamoDB rejects as invalid, the row's next newest is stored", async () => {
  proxy.faultOf = refusing('poison');
  const bad = Array.from({ length: 40 }, (_, n) =>
    record(task(jobId, 0, { poison: 1 }), 2_000 - n),
  );
  const older = record(task(jobId, 0), 1_000);
  expect(await deliver([...bad, older], context(6_000))).toEqual([...bad.keys()]);
  expect((await row(jobId, 0))?.sent_timestamp).toEqual({ N: '1000' });
});

test('superseded notifications are not acknowledged until the newest is stored', async () => {
  proxy.faultOf = first(WRITE, { code: 'AccessDenied', refuses: () => true });
  const batch = [record(task(jobId, 0), 1_000), record(task(jobId, 0), 1_001)];
  expect(await deliver(batch)).toEqual([0, 1]);
  expect(await row(jobId, 0)).toBeUndefined();

  expect(await deliver(batch)).toEqual([]);
  expect((await row(jobId, 0))?.sent_timestamp).toEqual({ N: '1001' });
});

test('rows that cannot be stored do not hold back others', async () => {
  proxy.faultOf = ({ operation, input: { RequestItems = {} } }) => {
    const keys = JSON.stringify(RequestItems[TASKS]?.Keys ?? []);
    const busy = /"N":"(0|100|200|300)"/.test(keys) && operation === READ;
    return busy ? serviceError('ThrottlingException') : undefined;
  };
  expect(await deliver(records(500), context(4_000))).toEqual(
    Array.from({ length: 400 }, (_, index) => index),
  );
});

test('a read rejected as invalid is not the fault of any message', async () => {
  proxy.faultOf = first(READ, serviceError('ValidationException'));
  const batch = [record(task(jobId, 0), 1_000), record(task(jobId, 0), 1_001)];
  expect(await deliver(batch)).toEqual([0, 1]);
  expect(operations()).toEqual([READ]);
});
