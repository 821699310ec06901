import { setTimeout } from 'node:timers/promises';
import { beforeEach, expect, test } from 'vitest';
import { NotificationRows } from '../../../src/cli/aws/notification-rows.ts';
import { retryUntilAnswered } from '../../../src/cli/aws/retry-until-answered.ts';
import type { StackOutputs } from '../../../src/cli/aws/stack-outputs.ts';
import { JobWatch, type StopRules } from '../../../src/cli/job-watch.ts';
import { StatusLine } from '../../../src/terminal/status-line.ts';
import { context, event, record } from '../../support/records.ts';
import { stackToAsk, stoppedJob, taskIn } from '../../support/stack-to-ask.ts';

const { client, outputs, handler } = await stackToAsk();

const PACE = { poll: 5, patience: 20_000 };
const STOPPED = Date.UTC(2020, 7, 11, 1);

let jobId: string;
let written: string;
let sent: number;
beforeEach(() => {
  jobId = crypto.randomUUID();
  written = '';
  sent = STOPPED;
});

/** Each is newer than those before. */
async function store(...notifications: object[]) {
  const records = notifications.map((each) => record(each, sent++));
  expect(await handler(event(...records), context())).toEqual({ batchItemFailures: [] });
}
const stop = (status: string) => store(stoppedJob(jobId, status));
const task = (id: number, status: string) => store(taskIn(jobId, id, status));

/** Watches the job, and what it has said by then. */
function watch(rules: StopRules = {}, pace = PACE) {
  const { signal } = new AbortController();
  const write = (text: string) => {
    written += text;
    return true;
  };
  const line = new StatusLine({ isTTY: true, columns: 0, write });
  const rows = new NotificationRows(client, outputs as unknown as StackOutputs, signal);
  const retry = retryUntilAnswered(line, signal);
  const watch = new JobWatch(rows, jobId, line, retry, signal, pace);
  const earlier: (string | undefined)[] = [];
  const end = watch.untilStopped(rules, ({ status }) => earlier.push(status));
  return { end, earlier };
}

const saying = (text: string) => expect.poll(() => written, { interval: 5 }).toContain(text);

test.for(['Failed', 'Rendering', 'Queued', 'Suspended', 'Pending', 'of a later Deadline', ''])(
  'a completed job with a task that is %j: the task is named once it had time to change',
  async (status) => {
    await task(0, 'Completed');
    await stop('Completed');
    await task(1, status);
    const { stop: found, contradiction } = await watch({}, { poll: 5, patience: 30 }).end;
    expect(found.status).toBe('Completed');
    expect(contradiction).toMatchObject({ tasks: 1, first: [{ task: 1 }] });
  },
);

test('a task without a status is not known to be completed', async () => {
  await stop('Completed');
  const { TaskDetails, ...others } = taskIn(jobId, 0, '');
  const { Status: _, ...details } = TaskDetails;
  await store({ ...others, TaskDetails: details });
  const { contradiction } = await watch({}, { poll: 5, patience: 0 }).end;
  expect(contradiction).toMatchObject({ tasks: 1, first: [{ task: 0, status: undefined }] });
});

test('a completed job ends the watch as soon as its last tasks arrive', async () => {
  await task(0, 'Rendering');
  await task(1, 'Rendering');
  await stop('Completed');
  const { end } = watch();
  await saying('Completed, but 2 of its tasks are not, reading again');
  await task(0, 'Completed');
  await saying('Completed, but 1 of its tasks is not, reading again');
  await task(1, 'Completed');
  expect(await end).toMatchObject({ stop: { status: 'Completed' }, contradiction: undefined });
});

test('a newer stop counts in place of the one that its tasks contradict', async () => {
  await stop('Completed');
  await task(0, 'Rendering');
  const { end } = watch();
  await saying('reading again');
  await task(0, 'Failed');
  await stop('Failed');
  expect(await end).toMatchObject({ stop: { status: 'Failed' }, contradiction: undefined });
});

test('the tasks of a newer stop have the whole time again', async () => {
  await stop('Completed');
  await task(0, 'Rendering');
  const { end } = watch({}, { poll: 5, patience: 1_500 });
  await setTimeout(200);
  const began = performance.now();
  await stop('Completed');
  expect((await end).contradiction).toMatchObject({ tasks: 1 });
  expect(performance.now() - began).toBeGreaterThanOrEqual(1_500);
});

test('tasks of which nothing was heard contradict nothing', async () => {
  await store(stoppedJob(jobId, 'Completed', { NumberOfTasks: 40 }));
  await task(3, 'Completed');
  expect((await watch().end).contradiction).toBeUndefined();
});

test.for(['Failed', 'Suspended', 'Deleted'])(
  'of a job that is %s no task is read',
  async (status) => {
    await stop(status);
    await task(0, 'Rendering');
    expect(await watch().end).toMatchObject({ stop: { status }, contradiction: undefined });
  },
);

test('a stop that was sent at the time or later counts, whenever the watch began', async () => {
  await stop('Failed');
  await task(0, 'Completed');
  await stop('Completed');
  expect(await watch({ since: STOPPED + 2 }).end).toMatchObject({ stop: { status: 'Completed' } });
});

test('each stop before the time is told once, and waited past', async () => {
  await stop('Failed');
  const { end, earlier } = watch({ since: STOPPED + 4 });
  await saying('…');
  await stop('Suspended');
  await expect.poll(() => earlier, { interval: 5 }).toEqual(['Failed', 'Suspended']);
  sent = STOPPED + 4;
  await stop('Completed');
  expect(await end).toMatchObject({ stop: { status: 'Completed' } });
  expect(earlier).toEqual(['Failed', 'Suspended']);
});
