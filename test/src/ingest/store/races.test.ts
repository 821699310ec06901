import { beforeEach, describe, expect, inject, test } from 'vitest';
import { loadFunction } from '../../../support/load-function.ts';
import { first, serviceError, startProxy } from '../../../support/proxy.ts';
import { context, event, record, task } from '../../../support/records.ts';
import { emptyTables, type RawItem, TASKS } from '../../../support/test-tables.ts';

const proxy = await startProxy();
const { environment, row } = await emptyTables(proxy.endpoint);
const handler = await loadFunction(environment);
/** The same function in another invocation, which no fault delays. */
const rival = await loadFunction({
  ...environment,
  AWS_ENDPOINT_URL_DYNAMODB: inject('dynamoDbEndpoint'),
});

let jobId: string;
beforeEach(() => {
  jobId = crypto.randomUUID();
  proxy.reset();
});

describe('a race lost between reading and writing', () => {
  const sentAt = (sent: number) => record(task(jobId, 0), sent);

  test.for([
    ['a new row', undefined],
    ['a stored row', 999],
  ] as const)('for %s is retried, and the newest wins', async ([, stored]) => {
    const write = (sent: number) => rival(event(sentAt(sent)), context());

    for (const [ours, theirs] of [
      [1_000, 1_001],
      [1_003, 1_002],
    ] as const) {
      jobId = crypto.randomUUID();
      if (stored) await write(stored);
      proxy.faultOf = first('BatchExecuteStatement', { meanwhile: () => write(theirs) });
      proxy.calls.length = 0;
      expect(await handler(event(sentAt(ours)), context())).toEqual({ batchItemFailures: [] });
      expect((await row(jobId, 0))?.sent_timestamp).toEqual({ N: String(Math.max(ours, theirs)) });
      expect(proxy.calls.filter(({ operation }) => operation === 'BatchGetItem')).toHaveLength(2);
    }
  });

  test('for a version newer by less than a millisecond is retried, too', async () => {
    const at = (Timestamp: string) => event(record(task(jobId, 0, { Timestamp }), 1_000));
    await rival(at('2020-01-01T00:00:00.0000001Z'), context());
    proxy.faultOf = first('BatchExecuteStatement', {
      meanwhile: () => rival(at('2020-01-01T00:00:00.0000003Z'), context()),
    });
    await handler(at('2020-01-01T00:00:00.0000002Z'), context());
    expect((await row(jobId, 0))?.timestamp).toEqual({ S: '2020-01-01T00:00:00.0000003Z' });
  });
});

test('a response for fewer statements than were sent confirms none of them', async () => {
  const older = record(task(jobId, 0, { state: 'older' }), 1_000);
  const newer = record(task(jobId, 0, { state: 'newer' }), 1_001);
  proxy.faultOf = first('BatchExecuteStatement', {
    meanwhile: () => rival(event(older), context()),
    // Of the two, the first was refused, as the rival came first: nothing says which is missing.
    change: ({ Responses }) => ({ Responses: (Responses as object[]).slice(1) }),
  });
  const batch = event(newer, record(task(jobId, 1)));
  expect(await handler(batch, context())).toEqual({ batchItemFailures: [] });
  expect((await row(jobId, 0))?.state).toEqual({ S: 'newer' });
});

describe('reading', () => {
  const consistency = () =>
    proxy.calls
      .filter(({ operation }) => operation === 'BatchGetItem')
      .map(({ input }) => input.RequestItems?.[TASKS]?.ConsistentRead);
  const deliver = (...sent: number[]) => handler(event(...sent.map(sentAt)), context());
  const sentAt = (sent: number) => record(task(jobId, 0, { [`sent at ${sent}`]: true }), sent);
  /** Answers the first read with what the row was then. */
  const fromThePast = (...past: RawItem[]) =>
    first('BatchGetItem', { change: () => ({ Responses: { [TASKS]: past } }) });

  test('is eventually consistent, which costs half', async () => {
    await deliver(1_000);
    await deliver(1_001);
    expect(consistency()).toEqual([false, false]);
  });

  test('is consistent after a setback', async () => {
    proxy.faultOf = first('BatchExecuteStatement', serviceError('ThrottlingException'));
    await deliver(1_000);
    expect(consistency()).toEqual([false, true]);
  });

  test.for([
    ['before the row was there', 0],
    ['of an earlier row', 1],
  ])('a state %s is noticed by the write', async ([, versions]) => {
    for (const theirs of [1_003, 1_005]) {
      jobId = crypto.randomUUID();
      const past: RawItem[] = [];
      if (versions) {
        await rival(event(sentAt(1_000)), context());
        past.push((await row(jobId, 0)) as RawItem);
      }
      await rival(event(sentAt(theirs)), context());
      proxy.reset();
      proxy.faultOf = fromThePast(...past);
      expect(await deliver(1_004)).toEqual({ batchItemFailures: [] });
      expect(consistency()).toEqual([false, true]);
      const stored = await row(jobId, 0);
      const newest = Math.max(1_004, theirs);
      expect(stored?.sent_timestamp).toEqual({ N: String(newest) });
      expect(Object.keys(stored ?? {}).filter((name) => name.startsWith('sent at'))).toEqual([
        `sent at ${newest}`,
      ]);
    }
  });
});

describe('several notifications of the same times', () => {
  const at = (text: string) => {
    const fields = { Timestamp: undefined, text, [text]: true };
    return record(task(jobId, 0, fields), 1_000);
  };
  const write = (...texts: string[]) => rival(event(...texts.map(at)), context());

  test('a row that another of them has replaced since it was read is read again', async () => {
    await write('a');
    proxy.faultOf = first('BatchExecuteStatement', { meanwhile: () => write('c') });
    await handler(event(at('b')), context());
    expect(await row(jobId, 0)).toMatchObject({ text: { S: 'c' }, c: { BOOL: true } });
  });

  test('so is one that a newer notification is about to replace', async () => {
    await write('a');
    proxy.faultOf = first('BatchExecuteStatement', { meanwhile: () => write('c') });
    await handler(event(record(task(jobId, 0), 1_001)), context());
    expect(await row(jobId, 0)).toMatchObject({ sent_timestamp: { N: '1001' } });
    expect(await row(jobId, 0)).not.toHaveProperty('c');
  });

  test('a start that failed in the same instant leaves nothing behind', async () => {
    const started = { NotificationInfo: { Name: 'StartedTaskNotification' } };
    const failed = { TaskDetails: { JobID: jobId, TaskID: 0, Status: 'Failed' } };
    await rival(event(record(task(jobId, 0, started), 1_000)), context());
    proxy.faultOf = first('BatchExecuteStatement', {
      meanwhile: () => rival(event(record(task(jobId, 0, failed), 1_000)), context()),
    });
    await handler(event(record(task(jobId, 0, started), 1_001)), context());
    expect(await row(jobId, 0)).toMatchObject({ sent_timestamp: { N: '1001' } });
    expect(await row(jobId, 0)).not.toHaveProperty('task_status');
  });
});
