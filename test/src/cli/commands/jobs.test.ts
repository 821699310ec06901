import { beforeAll, describe, expect, test } from 'vitest';
import { stackToAsk, stoppedJob, taskIn } from '../../../support/stack-to-ask.ts';

const { happened, deadline, onTerminal, asked, proxy } = await stackToAsk();
const HOUR = 60;
const DAY = 24 * HOUR;

await happened(
  [5, stoppedJob('now', 'Completed')],
  [HOUR, stoppedJob('hour', 'Failed', { UserName: 'fx-2', NumberOfErrors: 3 })],
  [20 * HOUR, stoppedJob('night', 'Failed')],
  [2 * DAY, stoppedJob('before', 'Suspended')],
  [3 * DAY, stoppedJob('deleted', 'Active')],
  [40 * DAY, stoppedJob('old', 'Failed')],
);

const ids = async (...args: string[]) => (await asked(['jobs', ...args])).map(({ job }) => job);

test.for([
  [[], ['now', 'hour', 'night', 'before', 'deleted']],
  [
    ['--since', '90d'],
    ['now', 'hour', 'night', 'before', 'deleted', 'old'],
  ],
  [
    ['--since', '24h'],
    ['now', 'hour', 'night'],
  ],
  [
    ['--limit', '2'],
    ['now', 'hour'],
  ],
  [
    ['--status', 'Failed'],
    ['hour', 'night'],
  ],
  [['--status', 'failed', '--limit', '1'], ['hour']],
  [['--status', 'Deleted'], ['deleted']],
  [['--status', 'active'], ['deleted']],
  [
    ['--status', 'failed', '--status', 'SUSPENDED'],
    ['hour', 'night', 'before'],
  ],
  [
    ['--status', ' deleted , suspended,Deleted'],
    ['before', 'deleted'],
  ],
  [['--user', 'fx-2'], ['hour']],
  [['--user', 'FX-2'], ['hour']],
  [
    ['--user', 'FX-2,nobody', '--user', 'Comp-1', '--limit', '2'],
    ['now', 'hour'],
  ],
  [
    ['--user', 'COMP-1', '--status', 'completed,suspended'],
    ['now', 'before'],
  ],
  [
    ['--since', '2d', '--until', '30m'],
    ['hour', 'night'],
  ],
  [['--since', '90d', '--until', '2d 12h', '--limit', '1'], ['deleted']],
  [
    ['--user', 'comp-1', '--status', 'Failed', '--since', '90d'],
    ['night', 'old'],
  ],
  [['--user', 'fx'], []],
] as const)('jobs %j lists %j', async ([args, expected]) => {
  expect(await ids(...args)).toEqual(expected);
});

test('--since and --until take times, too; the first is within the span, the last is not', async () => {
  const hoursAgo = new Date(Date.now() - 2 * HOUR * 60_000).toISOString();
  expect(await ids('--since', hoursAgo)).toEqual(['now', 'hour']);
  expect(await ids('--since', '2 hours ago', '--until', 'now')).toEqual(['now', 'hour']);
  const [{ sent } = {}] = await asked(['jobs', '--user', 'fx-2']);
  const next = new Date(Date.parse(String(sent)) + 1).toISOString();
  expect(await ids('--since', String(sent), '--until', next)).toEqual(['hour']);
  expect(await ids('--since', '3h', '--until', String(sent))).toEqual([]);
  expect(await ids('--since', next)).toEqual(['now']);
});

test('a time without a zone is local, or in UTC with --utc, wherever that is', async () => {
  const local = ['--since', '2020-01-01 10:00', '--until', '2020-01-01 12:00'];
  const since = async (...args: string[]) => (await deadline(['jobs', ...args])).stderr;
  expect(await since(...local)).toBe(
    'No job stopped from 2020-01-01 10:00:00+01:00 to 2020-01-01 12:00:00+01:00.\n',
  );
  const inUtc = 'No job stopped from 2020-01-01 10:00:00Z to 2020-01-01 12:00:00Z.\n';
  expect(await since(...local, '--utc')).toBe(inUtc);
  expect(await since('--utc', ...local)).toBe(inUtc);
  proxy.reset();
  await since(...local);
  const query = proxy.calls.find(({ operation }) => operation === 'Query');
  expect(query?.input).toMatchObject({
    KeyConditionExpression: '#task_type = :0 AND #sent_timestamp BETWEEN :1 AND :2',
    ExpressionAttributeValues: {
      ':1': { N: String(Date.UTC(2020, 0, 1, 9)) },
      ':2': { N: String(Date.UTC(2020, 0, 1, 11) - 1) },
    },
  });
});

test('a status that is not known is asked for as it is, with one warning', async () => {
  await happened([DAY, stoppedJob('shelved', 'Archived')]);
  const { stdout, stderr, code } = await deadline(['jobs', '--status', 'Archived,failed,Archived']);
  expect(stdout).toContain('shelved');
  expect(stderr).toBe(
    'Warning: Archived is not a known status of jobs (Active, Completed, Deleted, Failed, Pending, ' +
      'Suspended). It is looked for exactly as written.\n',
  );
  expect(code).toBe(0);
  const json = await deadline(['jobs', '--status', 'do\u202ene,Rendering', '--json']);
  expect(json.stdout).toBe('');
  expect(json.stderr).toMatch(
    /^Warning: do\\u202ene, Rendering are not known statuses of jobs \(.*\n.*/,
  );
});

test('a terminal shows when they stopped in the local time zone, and how many of their tasks failed', async () => {
  const { stdout, stderr, code } = await onTerminal(120, ['jobs', '--limit', '2']);
  const [title, head, first, second] = stdout.split('\n');
  const zone = new Date().toLocaleString('en-US', {
    timeZone: 'Europe/Berlin',
    timeZoneName: 'short',
  });
  expect(title).toMatch(/^Jobs that stopped: the newest 2, 1 of them failed\. Times in /);
  expect(title?.endsWith(`Times in ${zone.split(' ').at(-1)}.`)).toBe(true);
  expect(head?.split(/ +/)).toEqual(['time', 'status', 'job', 'failed', 'user', 'id', 'errors']);
  const sent = new Date(Date.now() - 5 * 60_000).toLocaleString('sv-SE', {
    timeZone: 'Europe/Berlin',
  });
  expect(first?.slice(0, 2)).toBe(sent.slice(11, 13));
  expect(first).toMatch(/^\d\d:\d\d {2}✓ Completed +name of now +0 +comp-1 +now$/);
  expect(second).toMatch(/^\d\d:\d\d {2}✗ Failed +name of hour +0 +fx-2 +hour +3$/);
  expect(stderr).toBe('There are more: raise --limit.\n');
  expect(code).toBe(0);
});

test('--utc shows times in UTC', async () => {
  const { stdout } = await onTerminal(80, ['jobs', '--utc', '--limit', '1']);
  const sent = new Date(Date.now() - 5 * 60_000).toISOString();
  expect(stdout).toMatch(/^Jobs that stopped: .* Times in UTC\.\n/);
  expect(stdout).toContain(`\n${sent.slice(11, 13)}:`);
});

test('--json prints all fields of a job, with null for what is not set', async () => {
  const [job] = await asked(['jobs', '--limit', '1']);
  expect(job).toEqual({
    job: 'now',
    name: 'name of now',
    user: 'comp-1',
    status: 'Completed',
    deadlineStatus: 'Completed',
    reason: 'Job was Completed',
    errors: null,
    tasks: null,
    frames: null,
    batch: null,
    department: null,
    plugin: null,
    pool: null,
    group: null,
    priority: null,
    submitted: null,
    started: null,
    completed: null,
    sent: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    notification: 'JobStoppedNotification',
  });
});

test('if there are none, says since when', async () => {
  const { stdout, stderr, code } = await deadline(['jobs', '--status', 'failed', '--since', '1m']);
  expect(stdout).toBe('');
  expect(stderr).toMatch(
    /^No such job stopped since \d{4}-\d\d-\d\d \d\d:\d\d:\d\d\+0[12]:00\.\n$/,
  );
  expect(code).toBe(0);
});

test('if there are none but for one option, says which', async () => {
  const { stdout, stderr, code } = await deadline(['jobs', '--user', 'nobody', '--since', '90m']);
  expect([stdout, stderr, code]).toEqual(['', 'No job fits. Without --user there are 2.\n', 0]);
});

test('reads no more than asked for, and only the index', async () => {
  proxy.reset();
  await ids('--limit', '2');
  const queries = proxy.calls.filter(({ operation }) => operation !== 'DescribeTable');
  expect(queries).toMatchObject([
    { operation: 'Query', input: { IndexName: 'by-time', Limit: 3, ScanIndexForward: false } },
  ]);
  proxy.reset();
  await ids('--limit', '2', '--status', 'Failed'); // of how many, nobody knows
  const [, filtered] = proxy.calls;
  expect(filtered?.input).not.toHaveProperty('Limit');
  proxy.reset();
  await ids('--limit', '2', '--user', 'comp-1', '--until', '1m');
  const asked = proxy.calls.filter(({ operation }) => operation === 'Query');
  expect(asked).toHaveLength(1);
  expect(asked[0]?.input).not.toHaveProperty('Limit');
});

test("a deleted job is shown as such, with Deadline's own status and reason", async () => {
  const { stdout } = await onTerminal(80, ['jobs', '--status', 'Deleted']);
  expect(stdout).toMatch(/^\w{3} \d\d \d\d:\d\d {2}⊘ Deleted {2}name of deleted /m);
  expect(await asked(['jobs', '--status', 'Deleted', '--until', '2d'])).toMatchObject([
    { job: 'deleted', status: 'Deleted', deadlineStatus: 'Active', reason: 'Job was Active' },
  ]);
});

test('a stop with any status but those of stopped jobs is a deletion, and one with none is unknown', async () => {
  const user = { UserName: 'td-1' };
  const statuses = ['Active', 'Pending', 'Rendering', 'Queued', 'Deleted', 'Of a later Deadline'];
  await happened(
    ...statuses.map((status) => [1, stoppedJob(`as ${status}`, status, user)] as const),
    ...['Completed', 'Failed', 'Suspended'].map(
      (status) => [1, stoppedJob(`as ${status}`, status, user)] as const,
    ),
    [1, stoppedJob('as unknown', '', user)],
    [1, stoppedJob('as a number', 'x', { ...user, JobStatus: 5 })],
  );
  const found = await asked(['jobs', '--user', 'td-1', '--status', 'deleted']);
  expect(found.map(({ job }) => job).sort()).toEqual(statuses.map((each) => `as ${each}`).sort());
  expect(new Set(found.map(({ status }) => status))).toEqual(new Set(['Deleted']));
  expect((await asked(['job', 'as unknown']))[0]).toMatchObject({ status: null });
  expect((await asked(['job', 'as a number']))[0]).toMatchObject({ status: null });
  expect((await onTerminal(80, ['job', 'as Pending'])).stdout).toMatch(
    /^.* {2}⊘ Deleted \(Pending\)\n/,
  );
  expect((await onTerminal(80, ['job', 'as Deleted'])).stdout).toMatch(/^.* {2}⊘ Deleted\n/);
});

test('a notification of another name is no stop, so its job is not deleted', async () => {
  const JobDetails = { JobID: 'started', JobStatus: 'Active' };
  await happened([1, { JobDetails, NotificationInfo: { Name: 'JobStartedNotification' } }]);
  expect(await asked(['job', 'started'])).toMatchObject([{ status: 'Active' }]);
});

test('untrusted text in a name cannot control the terminal', async () => {
  await happened([1, stoppedJob('odd', 'Active', { JobName: '\u001b[2J\u202eabc\nx' })]);
  const { stdout } = await onTerminal(80, ['jobs', '--limit', '1']);
  expect(stdout).toContain('?[2J?abc?x');
  expect(stdout).not.toContain('\u001b');
  expect(stdout).not.toContain('\u202e');
});

test('rows written by another program may lack everything but their keys', async () => {
  await happened([
    0,
    { JobDetails: { JobID: 'bare' }, NotificationInfo: { Name: 'JobStoppedNotification' } },
  ]);
  const [bare] = await asked(['jobs', '--limit', '1']);
  expect(bare).toMatchObject({ job: 'bare', name: null, status: null });
});

describe('options that select jobs', () => {
  const shot = (name: string, details: object) =>
    stoppedJob(name, 'Failed', { JobName: name, ...details });
  const of = async (...args: string[]) => {
    const all = await asked(['jobs', '--since', '90d', '--until', '60d', ...args]);
    return all.map(({ job }) => job).join(' ');
  };
  const at = 70 * DAY;

  beforeAll(async () => {
    await happened(
      [at, shot('sq040_comp', { UserName: 'fx-2', BatchName: 'sq040, night', Pool: 'gpu' })],
      [
        at + 1,
        shot('sq040_fx', { UserName: 'FX-10', Department: 'Effects', PluginName: 'Houdini' }),
      ],
      [at + 2, shot('sq050_comp', { Pool: 'none', BatchName: 'sq050', PluginName: 'Nuke' })],
      [at, taskIn('sq040_comp', 0, 'Completed', { WorkerName: 'render-01' })],
      [at, taskIn('sq040_comp', 1, 'Failed', { WorkerName: 'Render-02' })],
      [at, taskIn('sq050_comp', 0, 'Rendering', { WorkerName: 'ws-02' })],
      ...Array.from(
        { length: 20 },
        (_, n) => [at + 3 + n, shot(`many-${n}`, { UserName: 'td' })] as const,
      ),
      ...Array.from({ length: 20 }, (_, n) => [at, taskIn(`many-${n}`, n, 'Queued')] as const),
    );
  });

  test.for([
    [['--user', 'fx-?'], 'sq040_comp'],
    [['--user', 'Fx-*'], 'sq040_comp sq040_fx'],
    [['--name', 'comp'], 'sq040_comp sq050_comp'],
    [['--name', 'SQ040*', '--name', 'sq050_?omp'], 'sq040_comp sq040_fx sq050_comp'],
    [['--batch', 'sq040, night', '--batch', 'sq05?'], 'sq040_comp sq050_comp'],
    [['--department', 'effects,other'], 'sq040_fx'],
    [['--plugin', 'nuke,houdini'], 'sq040_fx sq050_comp'],
    [['--pool', '*'], 'sq040_comp sq050_comp'],
    [['--worker', '*-02'], 'sq040_comp sq050_comp'],
    [['--worker', 'render-02,ws-02', '--name', 'sq050'], 'sq050_comp'],
    [['--name', 'comp', '--limit', '1'], 'sq040_comp'],
    [
      ['--worker', 'render-0?', '--user', 'td', '--limit', '2', '--name', 'many-1?'],
      'many-10 many-11',
    ],
  ] as const)('%j selects %s', async ([args, expected]) => {
    expect((await of(...args)).split(' ').sort().join(' ')).toBe(expected);
  });

  test.for([
    [['--pool', 'cpu'], 'No job fits. Without --pool there are 23.\n'],
    [
      ['--pool', 'gpu', '--plugin', 'nuke'],
      'No job fits. Without --plugin there is 1, without --pool there is 1.\n',
    ],
    [
      ['--worker', 'render-9*', '--user', 'td,fx-10'],
      'No job fits. Without --worker there are 21.\n',
    ],
  ] as const)('%j selects none, and says why', async ([args, expected]) => {
    const { stderr } = await deadline(['jobs', '--since', '90d', '--until', '60d', ...args]);
    expect(stderr).toBe(expected);
  });

  test('where nothing else is in the way, says since when', async () => {
    const year = ['--since', '2010-01-01', '--until', '2011-01-01'];
    const { stderr } = await deadline(['jobs', ...year, '--worker', 'x']);
    expect(stderr).toContain('No such job stopped from 2010-01-01 ');
  });

  test('--worker reads only the tasks of jobs that fit all else, and no more than are shown', async () => {
    proxy.reset();
    await of('--worker', 'render-01', '--user', 'td', '--limit', '3');
    const ofTasks = proxy.calls.filter(
      ({ input }) => 'KeyConditionExpression' in input && !('IndexName' in input),
    );
    expect(ofTasks).toHaveLength(8);
  });
});
