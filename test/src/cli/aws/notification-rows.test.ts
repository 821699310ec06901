import { type AttributeValue, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { beforeEach, describe, expect, test } from 'vitest';
import { NotificationRows } from '../../../../src/cli/aws/notification-rows.ts';
import type { StackOutputs } from '../../../../src/cli/aws/stack-outputs.ts';
import { startCloudFormationLocal } from '../../../../src/local/engines/cloudformation-local.ts';
import { stackToAsk, stoppedJob, taskIn } from '../../../support/stack-to-ask.ts';
import { JOBS, TASKS } from '../../../support/test-tables.ts';

const { happened, deadline, asked, client, outputs, proxy } = await stackToAsk();

type Attributes = Record<string, AttributeValue>;
const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;

/** A value of each type that is neither a text nor a number that a notification may have. */
const ODD_VALUES: readonly AttributeValue[] = [
  { SS: ['a', 'b'] },
  { NS: ['1', '2'] },
  { BS: [new Uint8Array([1])] },
  { B: new Uint8Array([1, 2]) },
  { BOOL: true },
  { NULL: true },
  { L: [{ S: 'x' }] },
  { M: { x: { M: {} } } },
  { N: '99999999999999999999999999999999999999' },
  { N: '-9.9E+125' },
];

const DETAILS = {
  job: [
    ...['JobID', 'JobName', 'UserName', 'Department', 'BatchName', 'Group', 'Pool', 'FrameRange'],
    ...['NumberOfErrors', 'NumberOfTasks', 'JobPriority', 'JobSubmitDateTime', 'JobStatus'],
    ...['JobStartedDateTime', 'JobCompletedDateTime', 'PluginName', 'ExtraInfo'],
  ],
  task: [
    ...['JobID', 'TaskID', 'Name', 'FrameRange', 'Status', 'NumberOfErrors', 'WorkerName'],
    ...['Progress', 'TaskStartDateTime', 'RenderTime', 'CompletedDateTime', 'Properties'],
  ],
};
const fields = (names: readonly string[], value: AttributeValue) => ({
  M: Object.fromEntries(names.map((name) => [name, value])),
});
const put = (TableName: string, Item: Attributes) =>
  client.send(new PutItemCommand({ TableName, Item }));
const putJob = (job_id: string, sent: number | string, others: Attributes = {}) =>
  put(JOBS, {
    job_id: { S: job_id },
    task_type: { S: 'JobStoppedNotification' },
    sent_timestamp: { N: String(sent) },
    ...others,
  });
const putTask = (job_id: string, task_id: number | string, others: Attributes = {}) =>
  put(TASKS, { job_id: { S: job_id }, task_id: { N: String(task_id) }, ...others });

let id: string;
beforeEach(() => {
  id = crypto.randomUUID();
});

describe('a value that no notification has', () => {
  test.for(ODD_VALUES)('%j is unknown in every field, and ends no command', async (value) => {
    const notification_info = fields(['Name', 'StatusReason', 'StopReason'], value);
    await putJob(id, Date.now(), { job_details: fields(DETAILS.job, value), notification_info });
    await putTask(id, 0, { task_details: fields(DETAILS.task, value), notification_info });
    await putTask(id, 1, { task_details: value, notification_info: value, timestamp: value });
    const { sent, ...job } = (await asked(['job', id]))[0] as Record<string, unknown>;
    expect(sent).not.toBeNull();
    expect(
      new Set(Object.entries(job).map(([name, each]) => (each === null ? null : name))),
    ).toEqual(new Set([null, 'job', 'notification', 'tasksByStatus']));
    expect(job).toMatchObject({ job: id, tasksByStatus: { unknown: 2 } });
    for (const { task, job, ...others } of await asked(['tasks', id])) {
      expect([job, typeof task, new Set(Object.values(others))]).toEqual([
        ...[id, 'number', new Set([null])],
      ]);
    }
    for (const args of [
      ['job', id],
      ['tasks', id],
      ['wait', id],
    ]) {
      const { stderr, code } = await deadline(args);
      expect([args, stderr]).toEqual([args, '']);
      expect(code).toBe(args[0] === 'wait' ? 2 : 0);
    }
  });

  test('ends no list', async () => {
    await happened([1, stoppedJob(id, 'Failed')]);
    for (const args of [['jobs'], ['failed']]) {
      const { stdout, stderr, code } = await deadline(args);
      expect([args, stderr, code]).toEqual([args, '', 0]);
      expect(stdout).toContain(id);
    }
  });

  test('one odd field leaves the others known', async () => {
    const JobID = { N: '7' };
    await putJob(id, Date.now(), {
      job_details: { M: { JobID, JobName: { S: 'known' }, JobStatus: { S: 'Failed' } } },
      notification_info: { M: { Name: { B: new Uint8Array(2) }, StatusReason: { S: 'why' } } },
    });
    await putTask(id, '1.5', {
      task_details: { M: { TaskID: { N: '1.5' }, JobID, Status: { S: 'Failed' } } },
    });
    const known = { name: 'known', status: 'Failed', reason: 'why' };
    expect(await asked(['job', id])).toMatchObject([{ ...known, tasksByStatus: { Failed: 1 } }]);
    expect(await asked(['tasks', id])).toMatchObject([{ task: 1.5, status: 'Failed' }]);
  });

  test.for(['-3', '1.5', '9007199254740993', '1E+125'])('%s is no number of errors', async (N) => {
    const job_details = { M: { NumberOfErrors: { N }, NumberOfTasks: { N } } };
    await putJob(id, Date.now(), { job_details });
    await putTask(id, 0, { task_details: { M: { NumberOfErrors: { N } } } });
    expect(await asked(['job', id])).toMatchObject([{ errors: null, tasks: null }]);
    expect(await asked(['tasks', id])).toMatchObject([{ errors: null }]);
    expect((await deadline(['job', id])).stdout).toMatch(/^tasks\t\ntasks unknown\t1$/m);
  });

  test('a task id that is no number of JavaScript is shown exactly', async () => {
    for (const task of ['-7', '9007199254740992', '9007199254740993']) await putTask(id, task);
    expect((await asked(['tasks', id])).map(({ task }) => task)).toEqual([
      ...[-7, '9007199254740992', '9007199254740993'],
    ]);
  });
});

describe('a send time that cannot be', () => {
  /** Microseconds and nanoseconds in place of milliseconds, the end of what `Date` holds, and beyond. */
  const ABSURD = [Date.now() * 1_000, Date.now() * 1e6, 8.64e15, '9.9E+125', Date.now() + 2 * DAY];

  test('is unknown, and comes last, whatever --limit is', async () => {
    // By a clock that is ahead, so that they are the newest of all tests.
    await happened([-4, stoppedJob(`${id}-newest`, 'Failed')], [-2, stoppedJob(id, 'Failed')]);
    await happened([-3, taskIn(id, 1, 'Failed')], [-1, taskIn(id, 2, 'Failed')]);
    for (const [index, sent] of ABSURD.entries()) {
      const job_details = { M: { JobStatus: { S: 'Failed' }, UserName: { S: id } } };
      await putJob(`absurd-${index}-${id}`, sent, { job_details });
      await putTask(id, 10 + index, {
        sent_timestamp: { N: String(sent) },
        task_status: { S: 'Failed' },
        task_details: { M: { Status: { S: 'Failed' } } },
      });
    }
    const list = async (...args: string[]) =>
      (await asked(args)).filter(({ job }) => String(job).endsWith(id));

    expect(await asked(['jobs', '--limit', '1'])).toMatchObject([{ job: `${id}-newest` }]);
    const jobs = await asked(['jobs', '--user', id]);
    expect(jobs.map(({ sent }) => sent)).toEqual(ABSURD.map(() => null));

    expect((await asked(['failed', '--limit', '4'])).map(({ job, task }) => task ?? job)).toEqual([
      ...[`${id}-newest`, 1, id, 2],
    ]);
    const failed = await list('failed', '--since', '1h');
    const ofUnknownTime = failed.filter(({ sent }) => sent === null);
    expect(failed.slice(-ofUnknownTime.length)).toEqual(ofUnknownTime);
    expect(ofUnknownTime).toHaveLength(2 * ABSURD.length);

    expect(await list('jobs', '--user', id, '--since', '1h', '--until', 'now')).toEqual([]);

    const { stdout, stderr, code } = await deadline(['job', `absurd-0-${id}`]);
    expect(stdout).toMatch(/^sent\t$/m);
    expect([stderr, code]).toEqual(['', 0]);
    expect((await deadline(['wait', `absurd-3-${id}`, '--json'])).code).toBe(1);
  });
});

describe('a row past its retention', () => {
  const days = (count: number) => count * 1_440;
  /** What makes a command find the same stack with a retention of thirty days. */
  async function keeping(RetentionDays: string) {
    const { endpoint } = await startCloudFormationLocal('DeadlineNotifications', {
      ...(outputs as Record<string, string>),
      RetentionDays,
    });
    return { AWS_ENDPOINT_URL_CLOUDFORMATION: endpoint };
  }

  test('is in no list, no count, and has no job', async () => {
    const [old, name] = [`old-${id}`, { UserName: id }];
    await happened(
      [days(29), stoppedJob(id, 'Failed', name)],
      [days(31), stoppedJob(old, 'Failed', name)],
      [days(31), taskIn(old, 0, 'Failed')],
      [days(29), taskIn(id, 0, 'Failed')],
      [days(31), taskIn(id, 1, 'Failed')],
    );
    const kept = await keeping('30');
    const user = ['jobs', '--user', id, '--since', '90d'];
    expect((await asked(user)).map(({ job }) => job)).toEqual([id, old]);
    expect((await asked(user, kept)).map(({ job }) => job)).toEqual([id]);
    const failed = await asked(['failed', '--since', '90d'], kept);
    expect(failed.filter(({ job }) => [id, old].includes(String(job)))).toHaveLength(2);
    expect(await asked(['tasks', id], kept)).toMatchObject([{ task: 0 }]);
    expect(await asked(['job', id], kept)).toMatchObject([{ tasksByStatus: { Failed: 1 } }]);
    for (const command of ['job', 'tasks']) {
      const { stderr, code } = await deadline([command, old], kept);
      expect(stderr).toContain(`There is no notification of job ${old} or its tasks.`);
      expect(stderr).toContain('Notifications are kept for 30 days.');
      expect(code).toBe(66);
    }
    const { stderr, code } = await deadline(['wait', old, '--timeout', '1ms'], kept);
    expect(stderr).toContain('No stop of job');
    expect(code).toBe(124);
  });

  test('expires_at counts where the whole row is read', async () => {
    const now = Date.now();
    const expires_at = { N: String(Math.floor(now / 1_000) - 1) };
    await putJob(id, now - DAY, { expires_at });
    await putTask(id, 0, { sent_timestamp: { N: String(now - DAY) }, expires_at });
    const later = { N: String(Math.floor(now / 1_000) + 100) };
    await putTask(id, 1, { sent_timestamp: { N: String(now - 40 * DAY) }, expires_at: later });
    await putTask(id, 2, { expires_at: { S: 'soon' } });
    const kept = await keeping('30');
    expect((await asked(['tasks', id], kept)).map(({ task }) => task)).toEqual([1, 2]);
    expect((await deadline(['job', id], kept)).stdout).toMatch(/^status\t$/m);
    // Kept forever, whatever an earlier setting has left in it.
    expect((await asked(['tasks', id])).map(({ task }) => task)).toEqual([0, 1, 2]);
  });

  test('is in no time span that ended before', async () => {
    await happened([days(50), stoppedJob(id, 'Failed', { UserName: id })]);
    const span = ['jobs', '--user', id, '--since', '60d', '--until', '40d'];
    expect(await asked(span)).toHaveLength(1);
    expect(await asked(span, await keeping('30'))).toEqual([]);
  });

  test('is not read where the index can tell', async () => {
    await asked(['jobs', '--limit', '1']);
    proxy.reset();
    await asked(['jobs', '--since', '90d', '--user', 'nobody'], await keeping('30'));
    const { input } = proxy.calls.find(({ operation }) => operation === 'Query') ?? {};
    const { ExpressionAttributeValues = {} } = input as Record<string, Attributes>;
    const values = Object.values(ExpressionAttributeValues);
    const from = Math.min(...values.flatMap(({ N }) => (N === undefined ? [] : [Number(N)])));
    expect(Math.abs(Date.now() - 30 * DAY - from)).toBeLessThan(MINUTE);
  });

  test('expires while a command runs', async () => {
    await happened([days(1), stoppedJob(id, 'Failed')]);
    const { signal } = new AbortController();
    const stack = { ...outputs, RetentionDays: 30 } as unknown as StackOutputs;
    let now = Date.now();
    const rows = new NotificationRows(client, stack, signal, () => now);
    expect(await rows.job(id)).toMatchObject({ status: 'Failed' });
    now += 29 * DAY;
    expect(await rows.job(id)).toBeUndefined();
  });
});
