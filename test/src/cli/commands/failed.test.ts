import { DeleteItemCommand, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { expect, inject, test, vi } from 'vitest';
import { stackToAsk, stoppedJob, taskIn } from '../../../support/stack-to-ask.ts';
import { emptyTables, withoutIndexes } from '../../../support/test-tables.ts';

const { happened, deadline, onTerminal, asked, proxy, client } = await stackToAsk();
const HOUR = 60;

await happened(
  [1, stoppedJob('good', 'Completed')],
  [2, taskIn('running', 7, 'Failed', { NumberOfErrors: 4 })],
  [3, taskIn('running', 8, 'Suspended')],
  [4, taskIn('running', 9, 'Queued')],
  [HOUR, stoppedJob('bad', 'Failed', { FrameRange: '1-50', NumberOfErrors: 9 })],
  [2 * HOUR, taskIn('bad', 0, 'Failed', { WorkerName: 'render-02' })],
  [3 * HOUR, stoppedJob('paused', 'Suspended')],
  [11 * HOUR, taskIn('good', 3, 'Failed')],
  [13 * HOUR, taskIn('good', 4, 'Failed')],
  [30 * HOUR, stoppedJob('yesterday', 'Failed')],
);

const found = async (...args: string[]) =>
  (await asked(['failed', ...args])).map(({ job, task }) =>
    task === null ? job : `${job}/${task}`,
  );

test('lists all failed jobs and failed tasks of the last twelve hours, newest first', async () => {
  expect(await found()).toEqual(['running/7', 'bad', 'bad/0', 'good/3']);
  expect(await found('--suspended')).toEqual(['running/7', 'bad', 'bad/0', 'paused', 'good/3']);
  expect(await found('--tasks')).toEqual(['running/7', 'bad/0', 'good/3']);
});

test('--since and --limit', async () => {
  expect(await found('--since', '2d')).toEqual([
    'running/7',
    'bad',
    'bad/0',
    'good/3',
    'good/4',
    'yesterday',
  ]);
  expect(await found('--since', '90m')).toEqual(['running/7', 'bad']);
  expect(await found('--since', '2d', '--until', '10h30m')).toEqual([
    'good/3',
    'good/4',
    'yesterday',
  ]);
  expect(await found('--until', '90m')).toEqual(['bad/0', 'good/3', 'good/4']);
  expect(await found('--until', '90m', '--since', '12h')).toEqual(['bad/0', 'good/3']);
  expect(await found('--limit', '3')).toEqual(['running/7', 'bad', 'bad/0']);
});

test('each has its reason, worker, and frames; a task also has the name and user of its job', async () => {
  const [running, bad, task] = await asked(['failed']);
  expect(running).toMatchObject({
    name: null,
    user: null,
    status: 'Failed',
    errors: 4,
    frames: '7-7',
  });
  expect(bad).toMatchObject({
    task: null,
    name: 'name of bad',
    status: 'Failed',
    frames: '1-50',
    worker: null,
    errors: 9,
    reason: 'Job was Failed',
  });
  expect(task).toMatchObject({
    task: 0,
    name: 'name of bad',
    user: 'comp-1',
    frames: '0-0',
    worker: 'render-02',
    reason: 'was set to Failed',
  });
});

test.for([
  [
    ['--user', 'COMP-*'],
    ['bad', 'bad/0', 'good/3'],
  ],
  [
    ['--name', 'of bad'],
    ['bad', 'bad/0'],
  ],
  [
    ['--name', '*', '--worker', 'render-02'],
    ['bad', 'bad/0'],
  ],
  [
    ['--worker', 'RENDER-0?'],
    ['running/7', 'bad', 'bad/0', 'good/3'],
  ],
  [
    ['--worker', 'render-01'],
    ['running/7', 'good/3'],
  ],
] as const)('%j selects by the job, and by the worker that failed', async ([args, expected]) => {
  expect(await found(...args)).toEqual(expected);
});

test('says which option keeps the list empty', async () => {
  const { stdout, stderr, code } = await deadline(['failed', '--department', 'fx']);
  expect([stdout, stderr, code]).toEqual([
    '',
    'No job fits. Without --department there are 3.\n',
    0,
  ]);
});

test('many frames are cut between two in tables, and whole in --json, --wide, and a pipe', async () => {
  const frames = Array.from({ length: 500 }, (_, index) => 1_001 + 2 * index);
  const FrameRange = frames.join();
  await happened([1, taskIn('frames', 0, 'Failed', { FrameRange })]);
  const { stdout } = await onTerminal(80, ['failed']);
  expect(stdout).toMatch(
    /^ +job still running, named when it stops {2}1001, 1003, … 498 more ranges$/m,
  );
  const { stdout: tasks } = await onTerminal(80, ['failed', '--tasks']);
  expect(tasks).toMatch(/ {2}1001, 1003, … 498 more ranges | {2}1001, … 499 more ranges /);
  const whole = `  ${frames.join(', ')}`;
  expect((await onTerminal(80, ['failed', '--wide'])).stdout).toContain(`${whole}\n`);
  expect((await deadline(['failed'])).stdout).toContain(`\t${frames.join(', ')}\t`);
  for (const args of [['failed'], ['tasks', 'frames']]) {
    expect(await asked(args)).toContainEqual(expect.objectContaining({ frames: FrameRange }));
  }
});

test('a restarted task is no longer listed', async () => {
  await happened([2, taskIn('again', 0, 'Failed')]);
  expect(await found()).toContain('again/0');
  await happened([0, taskIn('again', 0, 'Rendering')]);
  expect(await found()).not.toContain('again/0');
});

test('does not scan any table', async () => {
  proxy.reset();
  await found();
  const operations = new Set(proxy.calls.map(({ operation }) => operation));
  expect([...operations].sort()).toEqual(['BatchGetItem', 'DescribeTable', 'Query']);
});

test('if nothing has failed, says since when', async () => {
  const { stdout, stderr, code } = await deadline(['failed', '--since', '1s']);
  expect(stdout).toBe('');
  expect(stderr).toMatch(
    /^Nothing failed in [01] s\. The last failure was on \w{3} \d\d at \d\d:\d\d\.\n$/,
  );
  const old = ['failed', '--utc', '--since', '2020-01-01', '--until', '2020-01-02 02:10'];
  expect((await deadline(old)).stderr).toBe(
    'Nothing failed from 2020-01-01 00:00 to 2020-01-02 02:10.\n',
  );
  expect(code).toBe(0);
});

/** A row of a failed task as Deadline's documented example writes it. */
const documented = (jobId: string, taskId: number, status: string) => ({
  job_id: { S: jobId },
  task_id: { N: String(taskId) },
  task_type: { S: 'StoppedTaskNotification' },
  sent_timestamp: { N: String(Date.now()) },
  timestamp: { S: '2020-08-13T20:56:59.1013786Z' },
  task_details: { M: { JobID: { S: jobId }, Status: { S: status } } },
  notification_info: { M: { Name: { S: 'StoppedTaskNotification' } } },
});
const put = (Item: ReturnType<typeof documented>) =>
  client.send(new PutItemCommand({ TableName: 'DeadlineTaskNotifications', Item }));

test('finds a job whose row was written by the documented example', async () => {
  const { task_id, task_details, ...row } = documented('by-example', 0, 'Failed');
  await client.send(
    new PutItemCommand({
      TableName: 'DeadlineJobNotifications',
      Item: {
        ...row,
        task_type: { S: 'JobStoppedNotification' },
        job_details: { M: { JobID: { S: 'by-example' }, JobStatus: { S: 'Failed' } } },
      },
    }),
  );
  expect(await found()).toContain('by-example');
});

test('backfill-index adds tasks that failed before the index existed, and changes nothing else', async () => {
  for (let task = 0; task < 120; task += 1) await put(documented('legacy', task, 'Failed'));
  await put(documented('legacy', 120, 'Completed'));
  expect((await found()).filter((name) => name?.toString().startsWith('legacy'))).toEqual([]);

  const { stdout, code } = await deadline(['backfill-index']);
  expect(stdout).toMatch(/^Added 120 of \d+ tasks to the index\.\n$/);
  expect(code).toBe(0);
  const legacy = (await asked(['failed'])).filter(({ job }) => job === 'legacy');
  expect(legacy).toHaveLength(120);
  expect(legacy[0]).toMatchObject({ status: 'Failed' });
  expect((await deadline(['backfill-index'])).stdout).toMatch(/^Added 0 of/);
  expect(await asked(['backfill-index'])).toEqual([
    { read: expect.any(Number), indexed: 0, changed: 0 },
  ]);
});

test('backfill-index does not touch a row that changed since it was read', async () => {
  await put(documented('moving', 0, 'Failed'));
  await put(documented('moving', 1, 'Failed'));
  await put(documented('moving', 2, 'Failed'));
  const Key = (taskId: string) => ({ job_id: { S: 'moving' }, task_id: { N: taskId } });
  const TableName = 'DeadlineTaskNotifications';
  let isChanged = false;
  proxy.faultOf = ({ operation }) => {
    if (operation !== 'BatchExecuteStatement' || isChanged) return undefined;
    isChanged = true;
    return {
      meanwhile: async () => {
        await happened([-1, taskIn('moving', 0, 'Completed')]);
        await client.send(new DeleteItemCommand({ TableName, Key: Key('1') }));
      },
    };
  };
  const { stdout } = await deadline(['backfill-index']);
  proxy.reset();
  expect(stdout).toContain('Added 1 of');
  expect(stdout).toContain('2 got a newer notification meanwhile.');
  expect((await found()).filter((name) => name?.toString().startsWith('moving'))).toEqual([
    'moving/2',
  ]);
});

test('backfill-index retries what DynamoDB throttles, and reports what it rejects', async () => {
  await put(documented('busy', 0, 'Failed'));
  let count = 0;
  proxy.faultOf = ({ operation }) =>
    operation === 'BatchExecuteStatement' && count++ < 3
      ? { code: 'ThrottlingError', refuses: () => true }
      : undefined;
  expect((await deadline(['backfill-index'])).stdout).toContain('Added 1 of');
  expect(await found()).toContain('busy/0');

  await put(documented('busy', 1, 'Failed'));
  proxy.faultOf = ({ operation }) =>
    operation === 'BatchExecuteStatement'
      ? { code: 'AccessDenied', refuses: () => true }
      : undefined;
  const { stderr, code } = await deadline(['backfill-index']);
  proxy.reset();
  expect(stderr).toContain('A row was not written: ');
  expect(stderr).toContain('AccessDenied');
  expect(stderr).not.toContain('    at ');
  expect(code).toBe(70);
});

test('backfill-index leaves out rows that the index cannot hold', async () => {
  // Once there is an index, DynamoDB takes no such row anymore.
  const bare = await emptyTables(inject('dynamoDbEndpoint'), withoutIndexes(inject('template')));
  const TableName = 'DeadlineTaskNotifications';
  const { sent_timestamp, ...untimed } = documented('odd', 2, 'Failed');
  for (const Item of [
    documented('odd', 0, 'Failed'),
    { ...documented('odd', 1, 'Failed'), sent_timestamp: { S: sent_timestamp.N } },
    untimed,
  ]) {
    await bare.client.send(new PutItemCommand({ TableName, Item }));
  }
  const { stdout, stderr, code } = await deadline(['backfill-index'], bare.environment);
  expect(stdout).toBe('Added 1 of 3 tasks to the index.\n');
  expect([stderr, code]).toEqual(['… 3 tasks read, 1 added to the index (0 s)\n', 0]);
  expect(await asked(['tasks', 'odd'], bare.environment)).toMatchObject([
    { task: 0, sent: expect.any(String) },
    { task: 1, sent: null },
    { task: 2, sent: null },
  ]);
});

test('an outdated index entry of a task that is not failed is not shown', async () => {
  await happened([1, taskIn('stale', 0, 'Completed')]);
  await client.send(
    new UpdateItemCommand({
      TableName: 'DeadlineTaskNotifications',
      Key: { job_id: { S: 'stale' }, task_id: { N: '0' } },
      UpdateExpression: 'SET task_status = :failed',
      ExpressionAttributeValues: { ':failed': { S: 'Failed' } },
    }),
  );
  expect(await found()).not.toContain('stale/0');
});

/** The jobs that DynamoDB leaves unprocessed, as when it is throttled. */
function leaveUnprocessed(isLeft: (request: number) => boolean) {
  let requests = 0;
  proxy.faultOf = ({ operation, input }) => {
    if (operation !== 'BatchGetItem') return undefined;
    requests += 1;
    const body = { Responses: {}, UnprocessedKeys: input.RequestItems ?? {} };
    return isLeft(requests) ? { status: 200, body } : undefined;
  };
  return () => requests;
}

test('keys that DynamoDB left unprocessed are asked for again, each time after a pause', async () => {
  const pauses = vi.spyOn(Math, 'random').mockReturnValue(0);
  const requests = leaveUnprocessed((request) => request < 4);
  const retried = await asked(['failed', '--since', '5m']);
  proxy.reset();
  expect(requests()).toBeGreaterThanOrEqual(4);
  expect(pauses.mock.calls.length).toBeGreaterThanOrEqual(3);
  pauses.mockRestore();
  expect(retried).toEqual(await asked(['failed', '--since', '5m']));
});

test('if DynamoDB goes on leaving them, says so and ends', async () => {
  const pauses = vi.spyOn(Math, 'random').mockReturnValue(0);
  const requests = leaveUnprocessed(() => true);
  const { stderr, code } = await deadline(['failed', '--since', '5m']);
  proxy.reset();
  pauses.mockRestore();
  expect(requests()).toBe(10);
  expect(stderr).toMatch(
    /DynamoDB did not read \d rows of the table DeadlineJobNotifications in 10 requests. It may be throttled: try again later./,
  );
  expect(code).toBe(70);
});

test('jobs that were submitted at once are told apart, by ids to paste', async () => {
  const { happened, onTerminal } = await stackToAsk();
  const ids = ['6b07aaaa1111111111110001', '6b07aaaa1111111111110002'];
  await happened(...ids.map((id) => [5, stoppedJob(id, 'Failed')] as const));
  for (const command of ['failed', 'report']) {
    const { stdout } = await onTerminal(80, [command]);
    for (const id of ids) expect(stdout).toContain(id);
  }
});
