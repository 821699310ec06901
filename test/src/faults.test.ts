import { setTimeout } from 'node:timers/promises';
import { beforeEach, describe, expect, test } from 'vitest';
import { loadFunction } from '../support/function.ts';
import { type Fault, first, serviceError, startProxy } from '../support/proxy.ts';
import { context, event, record, task } from '../support/records.ts';
import { emptyTables, TASKS } from '../support/tables.ts';

const proxy = await startProxy();
const { environment, row, tasksOf } = await emptyTables(proxy.endpoint);
const handler = await loadFunction(environment);

let jobId: string;
beforeEach(() => {
  jobId = crypto.randomUUID();
  proxy.reset();
});

const NOTHING_FAILED = { batchItemFailures: [] };
const allFailed = (records: { messageId: string }[]) => ({
  batchItemFailures: records.map(({ messageId: itemIdentifier }) => ({ itemIdentifier })),
});
const records = (count: number) =>
  Array.from({ length: count }, (_, taskId) => record(task(jobId, taskId)));

/** Each statement of a request refused, in an answer that is HTTP 200. */
const statementErrors = (Code: string): Fault => ({
  answer: ({ input: { Statements = [] } }) => ({
    Responses: Statements.map(() => ({ Error: { Code, Message: 'injected' } })),
  }),
});

describe.for(['BatchGetItem', 'BatchExecuteStatement'])('%s', (operation) => {
  test.for<[string, Fault]>([
    ['throttled', serviceError('ProvisionedThroughputExceededException')],
    ['throttled as a service', serviceError('ThrottlingException')],
    ['failing inside', serviceError('InternalServerError', 500)],
    ['unavailable', { status: 503, body: 'Service Unavailable' }],
    ['broken off before it arrived', { broken: true, applied: false }],
    ['broken off after it was done', { broken: true, applied: true }],
    ['answered with half an answer', { status: 200, body: '{"Responses": [{' }],
  ])('%s: is tried again within the invocation', async ([, fault]) => {
    proxy.faultOf = first(operation, fault);
    expect(await handler(event(...records(3)), context())).toEqual(NOTHING_FAILED);
    expect(await tasksOf(jobId)).toHaveLength(3);
  });

  test.for([
    ['without permission', 'AccessDeniedException'],
    ['of a table that is not there', 'ResourceNotFoundException'],
  ])('%s: is not tried again, and all is reported', async ([, name = '']) => {
    proxy.faultOf = (call) => (call.operation === operation ? serviceError(name) : undefined);
    const batch = records(3);
    expect(await handler(event(...batch), context())).toEqual(allFailed(batch));
    expect(proxy.calls.filter((call) => call.operation === operation)).toHaveLength(1);
  });

  test('throttled for good: all is reported before time is up, after a bounded number of tries', async () => {
    proxy.faultOf = (call) =>
      call.operation === operation ? serviceError('ThrottlingException') : undefined;
    const batch = records(3);
    const limited = context(3_000);
    expect(await handler(event(...batch), limited)).toEqual(allFailed(batch));
    expect(limited.getRemainingTimeInMillis()).toBeGreaterThan(500);
    expect(proxy.calls.length).toBeLessThan(40);
  });

  test('slower than the time left: all is reported before it is up', async () => {
    proxy.faultOf = (call) => (call.operation === operation ? { delay: 4_000 } : undefined);
    const batch = records(3);
    const limited = context(2_000);
    expect(await handler(event(...batch), limited)).toEqual(allFailed(batch));
    expect(limited.getRemainingTimeInMillis()).toBeGreaterThan(500);
  });
});

describe('a part of a request', () => {
  test.for([
    'ProvisionedThroughputExceeded',
    'ThrottlingError',
    'RequestLimitExceeded',
    'InternalServerError',
    'TransactionConflict',
  ])('statements refused with %s inside HTTP 200 are tried again', async (code) => {
    proxy.faultOf = first('BatchExecuteStatement', statementErrors(code));
    expect(await handler(event(...records(3)), context())).toEqual(NOTHING_FAILED);
    expect(await tasksOf(jobId)).toHaveLength(3);
  });

  test.for(['AccessDenied', 'ResourceNotFound', 'SomethingNew'])(
    'statements refused with %s inside HTTP 200 are reported at once',
    async (code) => {
      proxy.faultOf = first('BatchExecuteStatement', statementErrors(code));
      const batch = records(3);
      expect(await handler(event(...batch), context())).toEqual(allFailed(batch));
      expect(proxy.calls).toHaveLength(2);
    },
  );

  test('keys that are left unprocessed are read again', async () => {
    await handler(event(...records(3)), context());
    proxy.faultOf = first('BatchGetItem', {
      change: ({ Responses }) => {
        const [[table, rows] = []] = Object.entries(
          Responses as Record<string, { job_id: object; task_id: object }[]>,
        );
        const Keys = rows?.map(({ job_id, task_id }) => ({ job_id, task_id }));
        return { Responses: {}, UnprocessedKeys: { [table ?? '']: { Keys } } };
      },
    });
    proxy.calls.length = 0;
    expect(await handler(event(...records(3)), context())).toEqual(NOTHING_FAILED);
    expect(proxy.calls.map(({ operation }) => operation)).toEqual(['BatchGetItem', 'BatchGetItem']);
  });

  test('statements without an answer are tried again', async () => {
    proxy.faultOf = first('BatchExecuteStatement', { change: () => ({ Responses: [] }) });
    expect(await handler(event(...records(3)), context())).toEqual(NOTHING_FAILED);
    expect(await tasksOf(jobId)).toHaveLength(3);
  });

  test('a request refused as invalid is tried statement by statement, and one item fails alone', async () => {
    proxy.faultOf = ({ input: { Statements = [] } }) =>
      Statements.some(({ Statement }) => Statement.includes('poison'))
        ? serviceError('ValidationException')
        : undefined;
    const bad = record(task(jobId, 3, { poison: 1 }));
    expect(await handler(event(...records(3), bad), context())).toEqual(allFailed([bad]));
    expect(await tasksOf(jobId)).toHaveLength(3);
  });
});

test('what the newest superseded is not acknowledged while the newest is not stored', async () => {
  proxy.faultOf = first('BatchExecuteStatement', statementErrors('AccessDenied'));
  const batch = [record(task(jobId, 0), 1_000), record(task(jobId, 0), 1_001)];
  const { batchItemFailures } = await handler(event(...batch), context());
  expect(batchItemFailures).toHaveLength(2);
  expect(await row(jobId, 0)).toBeUndefined();

  expect(await handler(event(...batch), context())).toEqual(NOTHING_FAILED);
  expect((await row(jobId, 0))?.sent_timestamp).toEqual({ N: '1001' });
});

test('what keeps some rows from being stored does not keep others from being tried', async () => {
  proxy.faultOf = ({ operation, input: { RequestItems = {} } }) => {
    const keys = JSON.stringify(RequestItems[TASKS]?.Keys ?? []);
    const busy = /"N":"(0|100|200|300)"/.test(keys) && operation === 'BatchGetItem';
    return busy ? serviceError('ThrottlingException') : undefined;
  };
  const { batchItemFailures } = await handler(event(...records(500)), context(4_000));
  expect(batchItemFailures).toHaveLength(400);
  expect(await tasksOf(jobId)).toHaveLength(100);
});

test('a read that is refused as invalid is no fault of any message', async () => {
  proxy.faultOf = first('BatchGetItem', serviceError('ValidationException'));
  const batch = [record(task(jobId, 0), 1_000), record(task(jobId, 0), 1_001)];
  expect(await handler(event(...batch), context())).toEqual(allFailed(batch));
  expect(proxy.calls).toHaveLength(1);
});

test('an item that DynamoDB itself finds invalid gives way to the next newest of its row', async () => {
  proxy.faultOf = ({ input: { Statements = [] } }) =>
    Statements.some(({ Statement }) => Statement.includes('poison'))
      ? serviceError('ValidationException')
      : undefined;
  const older = record(task(jobId, 0), 1_000);
  const bad = Array.from({ length: 40 }, (_, n) =>
    record(task(jobId, 0, { poison: 1 }), 2_000 - n),
  );
  expect(await handler(event(...bad, older), context(6_000))).toEqual(allFailed(bad));
  expect((await row(jobId, 0))?.sent_timestamp).toEqual({ N: '1000' });
});

test('with no time left nothing is asked of DynamoDB, and all is reported', async () => {
  const batch = records(3);
  expect(await handler(event(...batch), context(900))).toEqual(allFailed(batch));
  await setTimeout(200); // a request may be under way
  expect(proxy.calls).toEqual([]);
});
