import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import stringWidth from 'string-width';
import { expect, inject, test } from 'vitest';
import { stackToAsk, stoppedJob, taskIn } from '../../../support/stack-to-ask.ts';
import { TASKS } from '../../../support/test-tables.ts';

const { asked, client, deadline, happened, onTerminal, proxy } = await stackToAsk(
  inject('renderingTemplate'),
);
const HOUR = 60;
const NEVER_STOPPED = '6b06d30baf80e3fd5dfa7ad3';

const startedAgo = (minutes: number) => ({
  TaskStartDateTime: new Date(Date.now() - minutes * 60_000).toISOString(),
});
await happened(
  // Sent late, so it is not in the order of its start.
  [5, taskIn(NEVER_STOPPED, 0, 'Rendering', { WorkerName: 'render-02', ...startedAgo(50) })],
  [40, taskIn(NEVER_STOPPED, 1, 'Rendering', { FrameRange: '10-12', ...startedAgo(41) })],
  [39, taskIn(NEVER_STOPPED, 2, 'Completed')],
  [38, taskIn(NEVER_STOPPED, 3, 'Completed')],
  // By a clock that is ahead.
  [30, taskIn('restarted', 4, 'Rendering', { NumberOfErrors: 2, ...startedAgo(-10) })],
  [
    3 * HOUR,
    stoppedJob('restarted', 'Suspended', { JobName: 'sq010_comp_v003', NumberOfTasks: 9 }),
  ],
  [20, taskIn('lost', 7, 'Rendering')],
  [10, stoppedJob('lost', 'Failed')],
  [3 * HOUR, taskIn('lost', 8, 'Rendering')],
  [2, taskIn('done', 0, 'Completed')],
);

const found = async (...args: string[]) =>
  (await asked(['rendering', ...args])).map(({ job, task }) => `${job}/${task}`);

test('lists the tasks that render, the longest first, without ghosts', async () => {
  expect(await found()).toEqual([`${NEVER_STOPPED}/0`, `${NEVER_STOPPED}/1`, 'restarted/4']);
  const { stderr } = await deadline(['rendering']);
  expect(stderr).toBe('2 ghosts are left out: their jobs stopped after they started. See --all.\n');
});

test('a start by a clock that is years behind counts from when it was sent', async () => {
  const wrong = { TaskStartDateTime: '2002-01-01T00:00:00Z' };
  await happened([1, taskIn('clock', 0, 'Rendering', wrong)]);
  const clock = (await asked(['rendering'])).find(({ job }) => job === 'clock');
  await happened([0, taskIn('clock', 0, 'Completed')]);
  expect(clock?.since).toBe(clock?.sent);
});

test('each has its worker, its job, its frames, and how long it has rendered in s', async () => {
  const [first, , last] = await asked(['rendering']);
  expect(first).toMatchObject({
    worker: 'render-02',
    job: NEVER_STOPPED,
    task: 0,
    frames: '0-0',
    name: null,
    user: null,
    ghost: false,
  });
  expect(first?.for).toBeGreaterThanOrEqual(50 * 60);
  expect(first?.for).toBeLessThan(51 * 60);
  expect(first?.since).toBe(first?.started);
  expect(last).toMatchObject({ name: 'sq010_comp_v003', user: 'comp-1', errors: 2 });
  expect(last?.since).toBe(last?.sent);
});

test('--all lists ghosts, too, marked as such', async () => {
  expect(await found('--all')).toEqual([
    'lost/8',
    `${NEVER_STOPPED}/0`,
    `${NEVER_STOPPED}/1`,
    'restarted/4',
    'lost/7',
  ]);
  const ghosts = (await asked(['rendering', '--all'])).filter(({ ghost }) => ghost);
  expect(ghosts.map(({ job }) => job)).toEqual(['lost', 'lost']);
  const { stdout, stderr } = await onTerminal(80, ['rendering', '--all']);
  expect(stdout).toMatch(/^Rendering: 3 tasks in 2 jobs, and 2 ghosts/);
  expect(stdout.match(/◌ job Failed/g)).toHaveLength(2);
  expect(stderr).toBe('');
});

test('--longer-than and --limit', async () => {
  expect(await found('--longer-than', '45m')).toEqual([`${NEVER_STOPPED}/0`]);
  expect(await found('--longer-than', '35m', '--limit', '1')).toEqual([`${NEVER_STOPPED}/0`]);
  expect(await found('--limit', '2')).toEqual([`${NEVER_STOPPED}/0`, `${NEVER_STOPPED}/1`]);
  const limited = await onTerminal(100, ['rendering', '--limit', '1']);
  expect(limited.stderr).toContain('There are 2 more: raise --limit. By job with --by job.\n');
  const longer = await onTerminal(100, ['rendering', '--longer-than', '45m']);
  expect(longer.stdout).toMatch(
    /^Rendering for more than 45 min: 1 of 3 tasks in 1 job, longest first\. Times in /,
  );
  const none = await deadline(['rendering', '--longer-than', '2h']);
  expect(none.stderr).toContain(
    'Nothing has rendered for more than 2 h. Without --longer-than there are 3.\n',
  );
  expect([none.stdout, none.code]).toEqual(['', 0]);
  for (const [given, message] of [
    ['2', '2 has no unit'],
    ['soon', 'Expected a duration'],
  ] as const) {
    const { stderr, code } = await deadline(['rendering', '--longer-than', given]);
    expect(stderr).toContain(message);
    expect(code).toBe(64);
  }
});

test('--by job lists jobs with their progress', async () => {
  expect(await asked(['rendering', '--by', 'job'])).toMatchObject([
    {
      job: NEVER_STOPPED,
      name: null,
      rendering: 2,
      ghosts: 0,
      done: 2,
      allCounted: true,
      tasks: null,
    },
    { job: 'restarted', name: 'sq010_comp_v003', rendering: 1, done: 0, tasks: 9 },
  ]);
  const { stdout } = await onTerminal(80, ['rendering', '--by', 'job']);
  const [title = '', , first = '', second = ''] = stdout.split('\n');
  expect(title).toMatch(/^Rendering by job: 3 tasks in 2 jobs, longest first\. Times in /);
  expect(first).toMatch(/^\d\d:\d\d +5\d:\d\d +2 +2 so far +– +6b06d30baf80e3fd5dfa7ad3$/);
  expect(second).toMatch(/^\d\d:\d\d +3\d:\d\d +1 +0 of 9 +comp-1 +sq010_comp_v003$/);
  const limited = await deadline(['rendering', '--by', 'job', '--limit', '1']);
  expect(limited.stderr).toContain('There is 1 more: raise --limit.\n');
});

test('progress is counted only of the jobs that are shown, and only if it is', async () => {
  const counts = () =>
    proxy.calls.filter(({ operation, input }) => operation === 'Query' && !('IndexName' in input))
      .length;
  for (const [args, expected] of [
    [['--limit', '1'], 1],
    [[], 2],
    [['--columns', 'job,rendering'], 0],
    [['--columns', 'job,done'], 2],
  ] as const) {
    proxy.reset();
    await deadline(['rendering', '--by', 'job', ...args]);
    expect(counts(), args.join(' ')).toBe(expected);
  }
});

test('a job of many tasks is counted up to some pages', async () => {
  let pages = 0;
  proxy.faultOf = ({ operation, input }) => {
    if (operation !== 'Query' || 'IndexName' in input) return undefined;
    pages += 1;
    const key = { job_id: { S: NEVER_STOPPED }, task_id: { N: String(pages) } };
    return { change: (answer) => ({ ...answer, LastEvaluatedKey: key }) };
  };
  const { stdout } = await deadline(['rendering', '--by', 'job', '--limit', '1', '--json']);
  const terminal = await onTerminal(80, ['rendering', '--by', 'job', '--limit', '1']);
  proxy.reset();
  expect(pages).toBe(8);
  expect(JSON.parse(stdout)).toMatchObject({ allCounted: false });
  expect(terminal.stdout).toMatch(/ \d\+ so far /);
});

test('the eight partitions are read at once, and each job is asked for once', async () => {
  proxy.reset();
  await asked(['rendering']);
  const [describe, ...queries] = proxy.calls.map(({ operation }) => operation);
  expect(describe).toBe('DescribeTable');
  expect(queries).toEqual([...Array(8).fill('Query'), 'BatchGetItem']);
});

test('an outdated index entry of a task that does not render is not shown', async () => {
  await client.send(
    new UpdateItemCommand({
      TableName: TASKS,
      Key: { job_id: { S: 'done' }, task_id: { N: '0' } },
      UpdateExpression: 'SET rendering = :partition',
      ExpressionAttributeValues: { ':partition': { S: '3' } },
    }),
  );
  expect(await found()).not.toContain('done/0');
});

test.for([60, 80, 100, 120, 200])('fits a terminal of %i columns', async (columns) => {
  for (const args of [['--all'], ['--by', 'job']]) {
    const { stdout, code } = await onTerminal(columns, ['rendering', ...args]);
    const lines = stdout.trimEnd().split('\n');
    expect(lines.length).toBeGreaterThan(3);
    for (const line of lines) expect(stringWidth(line), line).toBeLessThanOrEqual(columns);
    expect(stdout).toContain(NEVER_STOPPED);
    expect(code).toBe(0);
  }
});

test('a list with jobs that have not stopped says why they have no name, where there is room', async () => {
  const hint = /\bjob \(named when it stops\)$/m;
  expect((await onTerminal(80, ['rendering'])).stdout).toMatch(hint);
  const named = await onTerminal(80, ['rendering', '--columns', 'job', '--longer-than', '45m']);
  expect(named.stdout).toMatch(hint);
});

test('in a pipe, a line has all columns, separated by tabs', async () => {
  const { stdout } = await deadline(['rendering', '--limit', '1']);
  const [since, seconds, ...others] = stdout.replace(/\n$/, '').split('\t');
  expect(since).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  expect(Number(seconds)).toBeGreaterThan(49 * 60);
  expect(others).toEqual(['render-02', '0', '0-0', '', '', NEVER_STOPPED, NEVER_STOPPED, '', '']);
});

test('if nothing renders, says so', async () => {
  const empty = await stackToAsk(inject('renderingTemplate'));
  const { stdout, stderr, code } = await empty.deadline(['rendering']);
  expect([stdout, stderr, code]).toEqual(['', 'Nothing renders.\n', 0]);
  await empty.happened([2, taskIn('gone', 0, 'Rendering')], [1, stoppedJob('gone', 'Active')]);
  const ghost = await empty.deadline(['rendering', '--by', 'job']);
  expect(ghost.stderr).toBe(
    'Nothing renders.\n1 ghost is left out: its job stopped after it started. See --all.\n',
  );
});

test('without the setting, says which one', async () => {
  const off = await stackToAsk();
  const { stdout, stderr, code } = await off.deadline(['rendering']);
  expect(stderr).toBe(
    'No index for what renders. Set `rendering: on`, deploy, then run `deadline-notifications backfill-index`.\n',
  );
  expect([stdout, code]).toEqual(['', 78]);
});

test('without the index, says how to add it', async () => {
  proxy.faultOf = ({ operation }) =>
    operation === 'DescribeTable'
      ? { change: ({ Table }) => ({ Table: { ...(Table as object), GlobalSecondaryIndexes: [] } }) }
      : undefined;
  const { stderr, code } = await deadline(['rendering']);
  proxy.reset();
  expect(stderr).toContain(`The table ${TASKS} has no index rendering-by-time.`);
  expect(stderr).toContain('Then add the tasks that render already: ');
  expect(code).toBe(78);
});
