import { beforeEach, describe, expect, inject, test } from 'vitest';
import {
  always,
  behindProxy,
  READ,
  RECORD,
  WRITE,
} from '../../../support/function-behind-proxy.ts';
import { loadFunction } from '../../../support/load-function.ts';
import { type Call, type Fault, first, serviceError } from '../../../support/proxy.ts';
import { context, event, job, record, task, tasks } from '../../../support/records.ts';
import { HISTORY } from '../../../support/test-tables.ts';

const { proxy, environment, row, historyOf, handler, deliver, operations } = await behindProxy(
  inject('historyTemplate'),
);

let jobId: string;
beforeEach(() => {
  jobId = crypto.randomUUID();
  proxy.reset();
});

/** The puts of each request to the history. */
const puts = () =>
  proxy.calls
    .filter(({ operation }) => operation === RECORD)
    .map(({ input }) => (input.RequestItems?.[HISTORY] ?? []) as unknown as object[]);

const ofTask = (TaskID: number, Status: string, second = 0) =>
  task(jobId, TaskID, {
    TaskDetails: { JobID: jobId, TaskID, Status },
    NotificationInfo: {
      Name: Status === 'Rendering' ? 'StartedTaskNotification' : 'StoppedTaskNotification',
    },
    Timestamp: `2026-11-25T06:47:${String(second).padStart(2, '0')}.1234567Z`,
  });

test('entries are written before rows are read, 25 a request, none twice', async () => {
  const batch = tasks(jobId, 60);
  const again = batch.map(({ body }) => record(body, 2_000_000_000_000));
  const { batchItemFailures } = await handler(event(...batch, ...again), context());
  expect(batchItemFailures).toEqual([]);
  expect(
    puts()
      .map((each) => each.length)
      .sort(),
  ).toEqual([10, 25, 25]);
  expect(operations().slice(0, 4)).toEqual([RECORD, RECORD, RECORD, READ]);
  expect(await historyOf(jobId)).toHaveLength(60);
});

test('a requeue and the next start in one batch: one row, and each has its entry', async () => {
  const batch = ['Rendering', 'Queued', 'Rendering', 'Failed'].map((status, second) =>
    record(ofTask(1, status, second), 1_000 + second),
  );
  expect(await deliver(batch)).toEqual([]);
  const transitions = (await historyOf(jobId)).map(({ transition }) => transition?.S);
  expect(transitions).toEqual(['task-started', 'task-requeued', 'task-started', 'task-failed']);
});

test('a late notification has its entry, and the row stays', async () => {
  await deliver([record(ofTask(1, 'Failed', 2), 3_000)]);
  await deliver([record(ofTask(1, 'Queued', 1), 2_000)]);
  const transitions = (await historyOf(jobId)).map(({ transition }) => transition?.S);
  expect(transitions).toEqual(['task-requeued', 'task-failed']);
  expect((await row(jobId, 1))?.sent_timestamp?.N).toBe('3000');
});

test('delivered again, the entry is the same', async () => {
  const body = ofTask(1, 'Failed');
  await deliver([record(body, 3_000)]);
  const [entry] = await historyOf(jobId);
  await deliver([record(body, 3_000)]);
  await deliver([record(body, 9_000)]);
  expect(await historyOf(jobId)).toEqual([entry]);
});

test('of what is not valid, or is no transition, there is no entry', async () => {
  const doctor = job(jobId, { NotificationInfo: { Name: 'JobDoctorNotification' } });
  const invalid = task(jobId, 1, { Nested: { '': 1 } });
  const { batchItemFailures } = await handler(event(record(doctor), record(invalid)), context());
  expect(batchItemFailures).toHaveLength(1);
  expect(puts()).toEqual([]);
});

describe('the history', () => {
  const passing: [string, Fault][] = [
    ['throttled', serviceError('ProvisionedThroughputExceededException')],
    ['throttled as a service', serviceError('ThrottlingException')],
    ['failing inside', serviceError('InternalServerError', 500)],
    ['unavailable', { status: 503, body: 'Service Unavailable' }],
    ['broken off before it arrived', { broken: true, applied: false }],
    ['broken off after it was written', { broken: true, applied: true }],
    ['answered with half an answer', { status: 200, body: '{"UnprocessedItems": [{' }],
  ];

  test.for(passing)('%s: is retried within the invocation', async ([, fault]) => {
    proxy.faultOf = first(RECORD, fault);
    expect(await deliver(tasks(jobId, 3))).toEqual([]);
    expect(operations()).toEqual([RECORD, RECORD, READ, WRITE]);
    expect(await historyOf(jobId)).toHaveLength(3);
  });

  test('throttled in part: what was left is retried alone', async () => {
    const left = 2;
    proxy.faultOf = first(RECORD, unprocessed(left));
    expect(await deliver(tasks(jobId, 5))).toEqual([]);
    expect(puts().map((each) => each.length)).toEqual([5, left]);
    expect(await historyOf(jobId)).toHaveLength(5);
  });

  test('throttled permanently: all is reported in time, no row is written, and both are when redelivered', async () => {
    proxy.faultOf = always(RECORD, serviceError('ProvisionedThroughputExceededException'));
    const batch = tasks(jobId, 3);
    const invocation = context(1_300);
    expect(await deliver(batch, invocation)).toEqual([0, 1, 2]);
    expect(invocation.getRemainingTimeInMillis()).toBeGreaterThan(500);
    expect(operations()).not.toContain(WRITE);
    proxy.reset();
    expect(await deliver(batch)).toEqual([]);
    expect(await historyOf(jobId)).toHaveLength(3);
  });

  test('throttled permanently in part: what has its entry is stored in the time that is left', async () => {
    proxy.faultOf = (call) => (call.operation === RECORD ? unprocessed(1) : undefined);
    expect(await deliver(tasks(jobId, 5), context(1_300))).toEqual([4]);
    expect(await row(jobId, 4)).toBeUndefined();
  });

  test('denied: is not retried, all is reported, and stored when redelivered', async () => {
    proxy.faultOf = always(RECORD, serviceError('AccessDeniedException'));
    const batch = tasks(jobId, 3);
    expect(await deliver(batch)).toEqual([0, 1, 2]);
    expect(operations()).toEqual([RECORD]);
    expect(await row(jobId, 0)).toBeUndefined();
    proxy.reset();
    expect(await deliver(batch)).toEqual([]);
  });

  test('denied in one of two requests: the others are stored', async () => {
    proxy.faultOf = first(RECORD, serviceError('AccessDeniedException'));
    const { batchItemFailures } = await handler(event(...tasks(jobId, 50)), context());
    expect(batchItemFailures).toHaveLength(25);
    expect(await historyOf(jobId)).toHaveLength(25);
  });

  test('gone: all is reported, and no row is written', async () => {
    const gone = await loadFunction({ ...environment, HISTORY_TABLE_NAME: 'Gone' });
    const { batchItemFailures } = await gone(event(...tasks(jobId, 3)), context());
    expect(batchItemFailures).toHaveLength(3);
    expect(await row(jobId, 0)).toBeUndefined();
  });

  test('slower than half the time left: all is reported before the time is up', async () => {
    proxy.faultOf = always(RECORD, { delay: 1_000 });
    const invocation = context(1_300);
    expect(await deliver(tasks(jobId, 3), invocation)).toEqual([0, 1, 2]);
    expect(invocation.getRemainingTimeInMillis()).toBeGreaterThan(500);
  });
});

test('stopped between entry and row: delivered again, the entry is the same, and the row is stored', async () => {
  proxy.faultOf = always(READ, { broken: true, applied: false });
  const batch = tasks(jobId, 3);
  expect(await deliver(batch, context(1_300))).toEqual([0, 1, 2]);
  const entries = await historyOf(jobId);
  expect(entries).toHaveLength(3);
  proxy.reset();
  expect(await deliver(batch)).toEqual([]);
  expect(await historyOf(jobId)).toEqual(entries);
});

test('a lost race writes no entry again', async () => {
  const meanwhile = () => deliver([record(ofTask(1, 'Queued', 1), 2_000)]);
  let raced = false;
  proxy.faultOf = ({ operation }: Call) => {
    if (raced || operation !== WRITE) return undefined;
    raced = true;
    return { meanwhile };
  };
  expect(await deliver([record(ofTask(1, 'Failed', 2), 3_000)])).toEqual([]);
  expect(puts()).toHaveLength(2);
  const transitions = (await historyOf(jobId)).map(({ transition }) => transition?.S);
  expect(transitions).toEqual(['task-requeued', 'task-failed']);
  expect((await row(jobId, 1))?.sent_timestamp?.N).toBe('3000');
});

test('with `problems`, a batch without problems makes no request to the history', async () => {
  const problems = await loadFunction({ ...environment, HISTORY: 'problems' });
  const deliverTo = async (...statuses: string[]) => {
    const batch = statuses.map((status, id) => record(ofTask(id, status), 1_000));
    expect(await problems(event(...batch), context())).toEqual({ batchItemFailures: [] });
  };
  await deliverTo('Rendering', 'Completed');
  expect(operations()).toEqual([READ, WRITE]);
  await deliverTo('Rendering', 'Queued', 'Failed');
  expect(await historyOf(jobId)).toHaveLength(2);
});

/** DynamoDB's own answer, but that it says to have left the last so many entries. */
function unprocessed(count: number): Fault {
  return {
    change: () => {
      const entries = puts().at(-1) ?? [];
      return { UnprocessedItems: { [HISTORY]: entries.slice(-count) } };
    },
  };
}
