import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { beforeEach, expect, test } from 'vitest';
import { NotificationRows } from '../../../../src/cli/aws/notification-rows.ts';
import type { StackOutputs } from '../../../../src/cli/aws/stack-outputs.ts';
import { TaskWatch, type TaskWatchOptions } from '../../../../src/cli/watch/task-watch.ts';
import { first } from '../../../support/proxy.ts';
import { context, event, record } from '../../../support/records.ts';
import { stackToAsk, stoppedJob, taskIn } from '../../../support/stack-to-ask.ts';

const { handler, outputs, proxy, client } = await stackToAsk();
const { region, credentials } = client.config;
const { endpoint } = proxy;
const behindProxy = new DynamoDBClient({ region, credentials, endpoint, maxAttempts: 1 });

const NOON = Date.UTC(2026, 10, 25, 12);

let jobId: string;
let sent: number;
beforeEach(() => {
  proxy.reset();
  jobId = crypto.randomUUID();
  sent = NOON;
});

/** Each is newer than those before, by a second. */
async function store(...notifications: object[]) {
  const records = notifications.map((each) => {
    sent += 1_000;
    return record(each, sent);
  });
  expect(await handler(event(...records), context())).toEqual({ batchItemFailures: [] });
}
const task = (id: number, status: string) => taskIn(jobId, id, status);
const stop = (status: string) => stoppedJob(jobId, status, { NumberOfTasks: 3 });

/** A watch whose reads take no time, and what each look shows: tasks as `1 Failed`, the job as `Failed`. */
function watching(options: Partial<TaskWatchOptions> = {}) {
  const stack = { ...outputs, RetentionDays: undefined } as unknown as StackOutputs;
  const rows = new NotificationRows(behindProxy, stack, new AbortController().signal);
  const watch = new TaskWatch(rows, jobId, { leastPause: 0, clock: () => 0, ...options });
  const look = async () => {
    const shown: string[] = [];
    await watch.look((each) =>
      shown.push(each.task ? `${each.task.task} ${each.task.status}` : `${each.job.status}`),
    );
    return shown;
  };
  return { watch, look };
}
const taskReads = () => proxy.calls.filter(({ operation }) => operation === 'Query').length;

test('what was there is counted, not shown; each change is shown once, oldest first', async () => {
  await store(task(0, 'Completed'), task(1, 'Rendering'));
  const { watch, look } = watching();
  await watch.begin();
  expect(Object.fromEntries(watch.counts)).toEqual({ Completed: 1, Rendering: 1 });
  await store(task(2, 'Rendering'), task(1, 'Failed'), stop('Failed'), task(0, 'Queued'));
  expect(await look()).toEqual(['2 Rendering', '1 Failed', 'Failed', '0 Queued']);
  expect(Object.fromEntries(watch.counts)).toEqual({ Failed: 1, Queued: 1, Rendering: 1 });
  await store(stop('Completed'));
  expect(await look()).toEqual(['Completed']);
  await store(stop('Failed'));
  expect(await look()).toEqual(['Failed']);
});

test('of a requeue and a start between two looks, the start is shown', async () => {
  await store(task(0, 'Failed'));
  const { watch, look } = watching();
  await watch.begin();
  await store(task(0, 'Queued'));
  await store(task(0, 'Rendering'));
  expect(await look()).toEqual(['0 Rendering']);
});

test('a job without any row is watched, too', async () => {
  const { watch, look } = watching();
  await watch.begin();
  await store(task(0, 'Rendering'), stop('Completed'));
  expect(await look()).toEqual(['0 Rendering', 'Completed']);
});

test('with a time, shows what was sent from then on', async () => {
  await store(task(0, 'Completed'), task(1, 'Failed'), stop('Failed'));
  const { watch, look } = watching({ since: sent - 1_000 });
  await watch.begin();
  expect(await look()).toEqual(['1 Failed', 'Failed']);
  expect(await look()).toEqual([]);
  expect(Object.fromEntries(watch.counts)).toEqual({ Completed: 1, Failed: 1 });
});

test('a look that fails loses nothing', async () => {
  const { watch, look } = watching();
  await watch.begin();
  await store(task(0, 'Failed'), stop('Failed'));
  for (const operation of ['GetItem', 'Query']) {
    proxy.faultOf = first(operation, { broken: true, applied: false });
    await expect(look()).rejects.toThrow();
  }
  expect(await look()).toEqual(['0 Failed', 'Failed']);
});

test('the tasks are read again after a pause, or when the job stops', async () => {
  const { watch, look } = watching({ leastPause: 60_000 });
  await watch.begin();
  await store(task(0, 'Failed'));
  proxy.reset();
  expect(await look()).toEqual([]);
  expect(taskReads()).toBe(0);
  await store(stop('Failed'));
  expect(await look()).toEqual(['0 Failed', 'Failed']);
  expect(taskReads()).toBe(1);
});
