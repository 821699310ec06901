import { expect, test } from 'vitest';
import { startManyTasks } from '../../../support/many-tasks.ts';
import { stackToAsk, stoppedJob, taskIn } from '../../../support/stack-to-ask.ts';

const { happened, deadline, onTerminal, deadlineProcess, asked, proxy } = await stackToAsk();

const LONG = { FrameRange: '1,'.repeat(5_000), WorkerName: 'render\n-01' };

await happened(
  [9, taskIn('j', 2, 'Failed', { NumberOfErrors: 5, RenderTime: '00:01:02', Progress: '40 %' })],
  [
    8,
    JSON.stringify(taskIn('j', 0, 'Completed')).replace(
      '"TaskID"',
      '"UsedCPUClocks":12345678901234567890.5,"TaskID"',
    ),
  ],
  [8, taskIn('j', 10, 'Completed', { TaskStartDateTime: '2020-08-13T15:44:07.377-05:00' })],
  [7, taskIn('j', 1, 'Rendering', { TaskStartDateTime: '0001-01-01T00:00:00Z' })],
  [
    5,
    stoppedJob('j', 'Suspended', {
      NumberOfTasks: 12,
      FrameRange: '1-12',
      JobSubmitDateTime: '2020-08-08T13:17:12.005-05:00',
      JobCompletedDateTime: '0001-01-01T00:00:00Z',
    }),
  ],
  [5, taskIn('active', 0, 'Rendering')],
  [5, stoppedJob('silent', 'Deleted')],
);

test('shows one job: its state, and its tasks at a glance', async () => {
  const { stdout, stderr, code } = await onTerminal(80, ['job', 'j', '--utc']);
  expect(stdout.split('\n')).toEqual([
    'name of j  ◫ Suspended',
    expect.stringMatching(/^Job was Suspended at \d\d:\d\d:\d\d, 5 min ago\. Times in UTC\.$/),
    'user        comp-1, department none        submitted  2020-08-08 18:17:12',
    'plugin      none, pool none, batch none    started    –',
    'priority    –, group none                  ran for    –',
    'tasks       1 of 12 failed, 1 rendering, 2 completed, 8 nothing came',
    '            1 ─▸✗·······─· 12',
    '            ─ completed  ✗ failed  ▸ rendering  · nothing came',
    'failed      2   (1 frame, task 2)',
    'workers     render-01',
    expect.stringMatching(/^id {10}j {30}newest {5}\d\d:\d\d:\d\d, job$/),
    'next        deadline-notifications tasks j --status Failed',
    '',
  ]);
  expect([stderr, code]).toEqual(['', 0]);
});

test('for programs, each value has a line', async () => {
  const { stdout, stderr, code } = await deadline(['job', 'j']);
  const values = stdout
    .trimEnd()
    .split('\n')
    .map((line) => line.split('\t'));
  expect(Object.fromEntries(values)).toMatchObject({
    id: 'j',
    name: 'name of j',
    status: 'Suspended',
    reason: 'Job was Suspended',
    submitted: '2020-08-08T18:17:12.005Z',
    completed: '',
    frames: '1-12',
    tasks: '12',
    'tasks failed': '1',
    'tasks completed': '2',
    'tasks nothing came': '8',
    'failed frames': '2',
    'failed tasks': '2',
    newest: expect.stringMatching(/^\d{4}-.*Z$/),
  });
  expect(values.every(({ length }) => length === 2)).toBe(true);
  expect([stderr, code]).toEqual(['', 0]);
});

test('a time that is not set is not set in every zone, and one without a zone is in UTC', async () => {
  const times = { JobSubmitDateTime: '2020-08-08T13:17:12.005', JobStartedDateTime: '' };
  const JobCompletedDateTime = '0001-01-01T00:00:00-06:00';
  await happened([4, stoppedJob('unset', 'Failed', { ...times, JobCompletedDateTime })]);
  for (const TZ of ['Asia/Tokyo', 'America/Los_Angeles', 'UTC']) {
    const { stdout } = await deadline(['job', 'unset'], { TZ });
    expect(stdout).toMatch(/^submitted\t2020-08-08T13:17:12.005Z\nstarted\t\ncompleted\t$/m);
    expect((await onTerminal(80, ['job', 'unset', '--utc'])).stdout).toMatch(
      / submitted {2}2020-08-08 13:17:12\n.* started {4}–\n.* ran for {4}–\n/,
    );
    expect(await asked(['job', 'unset'], { TZ })).toMatchObject([
      { submitted: '2020-08-08T13:17:12.005Z', started: null, completed: null },
    ]);
  }
});

test('in the night in which the clocks go back, both zones are told', async () => {
  await happened([
    4,
    stoppedJob('night', 'Completed', {
      JobSubmitDateTime: '2025-10-26T01:55:00+02:00',
      JobStartedDateTime: '2025-10-26T02:50:00+02:00',
      JobCompletedDateTime: '2025-10-26T02:10:00+01:00',
    }),
  ]);
  const { stdout } = await onTerminal(80, ['job', 'night']);
  expect(stdout).toContain('. Times in GMT+2, then GMT+1.\n');
  expect(stdout).toContain(' started    2025-10-26 02:50:00\n');
  expect(stdout).toContain(' ran for    20:00\n');
});

test('--json prints one object', async () => {
  expect(await asked(['job', 'j'])).toEqual([
    expect.objectContaining({
      job: 'j',
      status: 'Suspended',
      tasks: 12,
      submitted: '2020-08-08T18:17:12.005Z',
      completed: null,
      tasksByStatus: { Completed: 2, Failed: 1, Rendering: 1 },
    }),
  ]);
});

test('of a job that has not stopped, shows its tasks', async () => {
  const { stdout, code } = await onTerminal(80, ['job', 'active']);
  expect(stdout.split('\n')).toEqual([
    'active  ▸ Rendering',
    expect.stringMatching(/^Job still running, named when it stops\. Times in GMT\+[12]\.$/),
    'tasks       1 rendering, so far',
    '            0 ▸ 0',
    '            ▸ rendering',
    expect.stringMatching(/^id {10}active {25}newest {5}\d\d:\d\d:\d\d, tasks$/),
    'next        deadline-notifications wait active',
    '',
  ]);
  expect(code).toBe(0);
  expect((await deadline(['job', 'active'])).stdout).toMatch(/^name\t\nstatus\t\n/m);
  const [active] = await asked(['job', 'active']);
  expect(active).toMatchObject({ job: 'active', status: null, sent: null });
  expect(active).toMatchObject({ tasksByStatus: { Rendering: 1 } });
});

test('a job without started tasks says so', async () => {
  const { stdout } = await onTerminal(80, ['job', 'silent']);
  expect(stdout).toContain('\ntasks       nothing came\nid ');
});

test('a job that goes on after its stop is shown as rendering', async () => {
  await happened(
    [9, stoppedJob('again', 'Failed')],
    [9, taskIn('again', 0, 'Failed')],
    [8.5, taskIn('again', 1, 'Rendering')],
    [7, taskIn('again', 2, 'Rendering')],
  );
  const { stdout } = await onTerminal(80, ['job', 'again']);
  expect(stdout).toMatch(
    /^name of again {2}▸ Rendering\nJob was Failed at .*; 1 of its tasks started since\. /,
  );
  expect(await asked(['job', 'again'])).toMatchObject([{ status: 'Failed' }]);
});

test.for([
  [['job', 'nowhere']],
  [['tasks', 'nowhere']],
  [['tasks', 'nowhere', '--status', 'Failed']],
] as const)('%j says that the job does not exist', async ([args]) => {
  const { stdout, stderr, code } = await deadline([...args]);
  expect(stdout).toBe('');
  expect(stderr).toContain('There is no notification of job nowhere or its tasks.');
  expect(code).toBe(66);
});

test('of a completed job, names the tasks that are not, at most ten', async () => {
  const tasks = Array.from({ length: 47 }, (_, id) => taskIn('odd', id, 'Failed', LONG));
  await happened([2, stoppedJob('odd', 'Completed')], ...tasks.map((each) => [1, each] as const), [
    1,
    taskIn('odd', 50, 'Completed'),
  ]);
  const { stdout, stderr, code } = await onTerminal(80, ['job', 'odd']);
  expect(stdout).toMatch(/^name of odd {2}✓ Completed\n/);
  expect(stdout).toMatch(/^tasks {7}47 failed, 1 completed$/m);
  const [head, first, ...others] = stderr.trimEnd().split('\n');
  expect(head).toBe('The job is Completed, but 47 of its tasks are not:');
  expect(first).toBe(`  task 0  Failed  frames ${'1,'.repeat(27)}…`);
  expect(others).toHaveLength(10);
  expect(others.at(-1)).toBe('  and 37 more; `deadline-notifications tasks` lists them');
  expect(code).toBe(0);
  const [object] = await asked(['job', 'odd']);
  expect(object).toMatchObject({ status: 'Completed', contradiction: { tasks: 47 } });
});

test('of a job whose tasks are all completed, reads them once and says nothing', async () => {
  await happened([2, stoppedJob('even', 'Completed')], [1, taskIn('even', 0, 'Completed')]);
  proxy.reset();
  expect(await deadline(['job', 'even'])).toMatchObject({ stderr: '', code: 0 });
  expect(proxy.calls.filter(({ operation }) => operation === 'Query')).toHaveLength(1);
  expect(await asked(['job', 'even'])).toMatchObject([{ contradiction: null }]);
});

test('of many tasks, job reads all once, and tasks only the pages that are shown', async () => {
  const all = Array.from({ length: 1_500 }, (_, id) => {
    const Status = id % 3 === 0 ? 'Failed' : 'Completed';
    return [1, taskIn('large', id, Status, { Filler: 'x'.repeat(1_000) })] as const;
  });
  await happened([1, stoppedJob('large', 'Failed', { NumberOfTasks: 1_500 })], ...all);
  proxy.reset();
  expect(await asked(['job', 'large'])).toMatchObject([
    { tasksByStatus: { Completed: 1_000, Failed: 500 } },
  ]);
  const queries = proxy.calls.filter(({ operation }) => operation === 'Query');
  expect(queries.length).toBeGreaterThan(1);
  expect(queries.length).toBeLessThan(5);
  const { stdout } = await onTerminal(80, ['job', 'large']);
  expect(stdout).toContain(`\n            0 ${'✗'.repeat(56)} 1499\n`);
  expect(stdout).toContain('\n            1 character: 27 tasks  ✗ failed\n');
  expect(stdout).toMatch(/^failed {6}0, 3, 6, .*, … 4\d\d more ranges$/m);
  expect(stdout).toContain('\n            500 frames, 500 tasks; all with --wide\n');
  proxy.reset();
  expect(await asked(['tasks', 'large', '--limit', '2'])).toHaveLength(2);
  expect(proxy.calls.filter(({ operation }) => operation === 'Query')).toHaveLength(1);
  const wide = await onTerminal(80, ['job', 'large', '--wide']);
  expect(wide.stdout).toContain(', 1494, 1497   (500 frames, 500 tasks)\n');
});

test('counts a job of 100,000 tasks with one page in memory', async () => {
  using many = await startManyTasks(100_000);
  const { stdout } = await deadlineProcess(['job', '5f15e68eb8274818a0570167', '--json'], {
    AWS_ENDPOINT_URL_DYNAMODB: many.endpoint,
    NODE_OPTIONS: '--max-old-space-size=32',
  });
  expect(JSON.parse(stdout)).toMatchObject({ tasksByStatus: { Completed: 100_000 } });
});
