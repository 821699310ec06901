import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { stackToAsk, stoppedJob, taskIn } from '../../../support/stack-to-ask.ts';

const { happened, deadline, onTerminal, asked } = await stackToAsk();

await happened(
  [9, taskIn('j', 2, 'Failed', { NumberOfErrors: 5, RenderTime: '00:01:02', Progress: '40 %' })],
  [8, taskIn('j', 0, 'Completed')],
  [8, taskIn('j', 10, 'Completed', { TaskStartDateTime: '2020-08-13T15:44:07.377-05:00' })],
  [7, taskIn('j', 1, 'Rendering', { RenderTime: '00:00:00' })],
  [6, stoppedJob('j', 'Suspended', { NumberOfTasks: 12 })],
  [5, taskIn('active', 0, 'Rendering')],
  [5, stoppedJob('silent', 'Deleted')],
);

test('on a terminal, says what the job is, and how many tasks came', async () => {
  const { stdout, stderr, code } = await onTerminal(80, ['tasks', 'j', '--utc']);
  expect(stdout.split('\n')).toEqual([
    'name of j  ◫ Suspended  1 of 12 tasks failed. Times in UTC.',
    'task  status       frames  worker     started               ran  errors',
    '   0  ✓ Completed  0       render-01',
    '   1  ▸ Rendering  1       render-01',
    '   2  ✗ Failed     2       render-01                       1:02       5',
    '  10  ✓ Completed  10      render-01  2020-08-13 20:44:07',
    'Left out: reason. See --wide, --columns, --json.',
    '4 tasks came, 8 of 12 did not.',
    '',
  ]);
  expect([stderr, code]).toEqual(['', 0]);
});

test('a task that renders shows how long, unless its job has stopped since', async () => {
  const start = (minutes: number) => ({
    RenderTime: '00:00:00',
    TaskStartDateTime: new Date(Date.now() - minutes * 60_000).toISOString(),
  });
  await happened(
    [300, taskIn('runs', 0, 'Rendering', start(300.01))],
    [2, taskIn('runs', 1, 'Rendering', start(2.01))],
    [100, stoppedJob('runs', 'Failed')],
  );
  const { stdout } = await deadline(['tasks', 'runs', '--columns', 'task,ran']);
  expect(stdout).toMatch(/^0\t\n1\t12\d\n$/);
  expect((await onTerminal(80, ['tasks', 'runs'])).stdout).toMatch(/^ +1 {2}▸ .* 2:0\d /m);
  const json = await asked(['tasks', 'runs']);
  expect(json).toMatchObject([{ renderTime: '00:00:00' }, { renderTime: '00:00:00' }]);
});

test.for([60, 80, 100, 200])(
  'titles fit a terminal of %d columns, and ids stay whole',
  async (columns) => {
    const id = '6b06d30baf80e3fd5dfa7ad3';
    const JobName = `${'夜景の灯火_'.repeat(9)}v012`;
    await happened(
      [5, taskIn(id, 0, 'Failed')],
      [5, taskIn('wide', 0, 'Failed')],
      [4, stoppedJob('wide', 'Failed', { JobName })],
    );
    for (const job of [id, 'wide']) {
      const [title = ''] = (await onTerminal(columns, ['tasks', job])).stdout.split('\n');
      expect(stringWidth(title)).toBeLessThanOrEqual(columns);
      expect(title).toMatch(job === id ? new RegExp(`^${id}  `) : /_v012 {2}✗ Failed {2}1 of 1/);
    }
  },
);

test('programs get values, and no title', async () => {
  const { stdout } = await deadline(['tasks', 'j', '--status', 'failed']);
  expect(stdout).toBe('2\tFailed\t2-2\trender-01\t\t62\t5\twas set to Failed\t40 %\n');
});

test('--status and --limit', async () => {
  const tasks = async (...args: string[]) =>
    (await asked(['tasks', 'j', ...args])).map(({ task }) => task);
  expect(await tasks('--status', 'completed')).toEqual([0, 10]);
  expect(await tasks('--limit', '3')).toEqual([0, 1, 2]);
  const { stderr } = await deadline(['tasks', 'j', '--limit', '3']);
  expect(stderr).toBe('There are more: raise --limit.\n');
  const none = await deadline(['tasks', 'j', '--status', 'Pending']);
  expect(none).toMatchObject({ stdout: '', stderr: 'None of its tasks is Pending.\n', code: 0 });
  expect(await tasks('--status', 'failed,rendering', '--status', 'Failed')).toEqual([1, 2]);
  const neither = await deadline(['tasks', 'j', '--status', 'Pending', '--status', 'queued']);
  expect(neither.stderr).toBe('None of its tasks is Pending or Queued.\n');
  const odd = await deadline(['tasks', 'j', '--status', 'Active']);
  expect(odd).toMatchObject({ stdout: '', code: 0 });
  expect(odd.stderr).toBe(
    'Warning: Active is not a known status of tasks (Completed, Failed, Pending, Queued, Rendering, ' +
      'Suspended). It is looked for exactly as written.\nNone of its tasks is Active.\n',
  );
  const active = await deadline(['tasks', 'active', '--status', 'Failed']);
  expect(active).toMatchObject({ stderr: 'None of its tasks is Failed.\n', code: 0 });
  const silent = await deadline(['tasks', 'silent']);
  expect(silent).toMatchObject({ stderr: 'None of its tasks has started yet.\n', code: 0 });
});

test('--json prints all fields of a task', async () => {
  const [, , failed] = await asked(['tasks', 'j']);
  expect(failed).toEqual({
    job: 'j',
    task: 2,
    frames: '2-2',
    status: 'Failed',
    reason: 'was set to Failed',
    worker: 'render-01',
    progress: '40 %',
    renderTime: '00:01:02',
    errors: 5,
    started: null,
    completed: null,
    sent: expect.any(String),
    notification: 'StoppedTaskNotification',
  });
});
