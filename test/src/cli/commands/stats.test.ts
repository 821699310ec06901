import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import stringWidth from 'string-width';
import { describe, expect, inject, onTestFinished, test } from 'vitest';
import { GROUPINGS } from '../../../../src/cli/statistics/grouping.ts';
import { Random } from '../../../../src/local/farm/random.ts';
import { type FarmNotification, simulateFarm } from '../../../../src/local/farm/simulate-farm.ts';
import { chunks } from '../../../../src/shared/chunks.ts';
import { queried } from '../../../support/duckdb.ts';
import { historyAt } from '../../../support/history-at.ts';
import { context, event, record } from '../../../support/records.ts';
import { stackToAsk, stoppedJob, taskIn } from '../../../support/stack-to-ask.ts';
import { JOBS } from '../../../support/test-tables.ts';

const [MINUTE, HOUR] = [60_000, 3_600_000];
const NOW = Date.now();

/** What happened beside the night that is made up: so many minutes ago. */
function happened(minutesAgo: number, body: object): FarmNotification {
  const sent = NOW - minutesAgo * MINUTE;
  const Timestamp = `${new Date(sent - 10_000).toISOString().replace('Z', '')}0000Z`;
  return { sent, body: { ...body, Timestamp } as FarmNotification['body'] };
}
const CLOCKS = '18446744073709551615'; // more than JavaScript's numbers hold
const night: readonly FarmNotification[] = [
  ...simulateFarm({ seed: 21, end: NOW - 5 * MINUTE, hours: 5, jobs: 7 }),
  // A job that was resumed after it failed: no notification tells of that, but one of its tasks renders again.
  happened(
    90,
    taskIn('resumed', 0, 'Completed', { RenderTime: '1.02:03:04.5000000', NumberOfErrors: 0 }),
  ),
  happened(80, taskIn('resumed', 1, 'Failed', { RenderTime: '00:10:00', NumberOfErrors: 3 })),
  happened(80, taskIn('resumed', 2, 'Completed', { RenderTime: '-10675199.02:48:05.4775808' })),
  happened(70, stoppedJob('resumed', 'Failed', { UserName: '', Department: 'fx', BatchName: 'b' })),
  happened(20, taskIn('resumed', 1, 'Rendering', { RenderTime: '00:00:00', NumberOfErrors: 3 })),
  // One that still runs, and one that stopped before the span.
  happened(30, taskIn('running', 0, 'Failed', { RenderTime: '00:10:00' })),
  happened(30 * 60, taskIn('before', 0, 'Completed', { RenderTime: '00:10:00' })),
  happened(29 * 60, stoppedJob('before', 'Completed')),
];
const LARGE = JSON.stringify(
  happened(
    50,
    taskIn('large', 0, 'Completed', {
      UsedCPUClocks: 'U',
      AvailableCPUClocks: 'U',
      OutputFileSizeBytes: 'U',
    }),
  ).body,
).replaceAll('"U"', CLOCKS);

/** The night as SQS may deliver it: some twice, in any order. */
function delivered() {
  const random = new Random(21);
  const all = night.flatMap((each) => (random.chance(15) ? [each, each] : [each]));
  const ordered = all.map((each) => [random.int(0, 1e6), each] as const).sort(([a], [b]) => a - b);
  return ordered.map(([, { sent, body }]) => record(body, sent));
}

async function stackWith(template?: Parameters<typeof stackToAsk>[0]) {
  const stack = await stackToAsk(template);
  const large = [
    record(LARGE, NOW - 50 * MINUTE),
    record(stoppedJob('large', 'Completed'), NOW - 49 * MINUTE),
  ];
  for (const batch of chunks([...delivered(), ...large], 500)) {
    const { batchItemFailures } = await stack.handler(event(...batch), context());
    expect(batchItemFailures).toEqual([]);
  }
  return stack;
}

const all = await stackWith(inject('historyTemplate'));
const problems = await stackWith(historyAt('problems'));
const off = await stackWith();
const SPAN = ['--since', '24h'];

interface Told {
  readonly job: string;
  readonly task: Record<string, unknown>;
}

/** Plain sums over the notifications: of each job and task, the newest tells. */
function plainSums(by: string | undefined) {
  const newest = new Map<string, FarmNotification>();
  for (const each of night) {
    const { body } = each;
    const key =
      'JobDetails' in body
        ? body.JobDetails.JobID
        : `${body.TaskDetails.JobID} ${body.TaskDetails.TaskID}`;
    if ((newest.get(key)?.sent ?? 0) <= each.sent) newest.set(key, each);
  }
  const jobs = new Map<string, { details: Record<string, unknown>; sent: number }>();
  for (const { body, sent } of newest.values()) {
    if (!('JobDetails' in body) || sent < NOW - 24 * HOUR) continue;
    jobs.set(body.JobDetails.JobID, { details: body.JobDetails, sent });
  }
  const largeOne = stoppedJob('large', 'Completed').JobDetails;
  jobs.set('large', { details: largeOne, sent: NOW - 49 * MINUTE });
  const tasks: Told[] = [...newest.values()].flatMap(({ body }) =>
    'TaskDetails' in body && jobs.has(body.TaskDetails.JobID)
      ? [{ job: body.TaskDetails.JobID, task: body.TaskDetails }]
      : [],
  );
  tasks.push({ job: 'large', task: { Status: 'Completed', WorkerName: 'render-01' } });
  const wasted: Told[] = night.flatMap(({ body }) =>
    'TaskDetails' in body &&
    jobs.has(body.TaskDetails.JobID) &&
    /^(Failed|Queued)$/.test(body.TaskDetails.Status ?? '')
      ? [{ job: body.TaskDetails.JobID, task: body.TaskDetails }]
      : [],
  );
  const keyOf = ({ job, task }: Told) => {
    const { details, sent } = jobs.get(job) ?? { details: {}, sent: 0 };
    const [day, hour] = new Date(sent + ahead(sent)).toISOString().split(/T|:/);
    const offset = `+0${ahead(sent) / HOUR}:00`;
    const keys: Record<string, unknown> = {
      ...{ user: details.UserName, department: details.Department, plugin: details.PluginName },
      ...{ pool: details.Pool, batch: details.BatchName, worker: task.WorkerName, job },
      ...{ day, hour: `${day} ${hour}:00${offset}` },
    };
    return by === undefined ? undefined : keys[by] || null;
  };
  const groups = new Map<unknown, { jobs: Set<string>; tasks: Told[]; wasted: Told[] }>();
  const add = (each: Told, to: 'tasks' | 'wasted' | undefined) => {
    const key = keyOf(each);
    const group = groups.get(key) ?? { jobs: new Set<string>(), tasks: [], wasted: [] };
    groups.set(key, group);
    group.jobs.add(each.job);
    if (to) group[to].push(each);
  };
  if (by !== 'worker') for (const job of jobs.keys()) add({ job, task: {} }, undefined);
  for (const each of tasks) add(each, 'tasks');
  for (const each of wasted) add(each, 'wasted');
  return [...groups].map(([key, own]) => ({
    ...(by && { [by]: key }),
    jobs: own.jobs.size,
    tasks: own.tasks.length,
    completed: own.tasks.filter(({ task }) => task.Status === 'Completed').length,
    failed: own.tasks.filter(({ task }) => task.Status === 'Failed').length,
    rendering: own.tasks.filter(({ task }) => task.Status === 'Rendering').length,
    ...sumsOf(own.tasks, own.wasted),
  }));
}

function sumsOf(tasks: readonly Told[], wasted: readonly Told[]) {
  const times = tasks.flatMap(({ task }) => (task.Status === 'Rendering' ? [] : secondsOf(task)));
  const ofField = (name: string) =>
    tasks.flatMap(({ task }) => ((task[name] as number) > 0 ? [task[name] as number] : []));
  const add = (values: readonly number[]) => values.reduce((sum, each) => sum + each, 0);
  return {
    renderSeconds: times.length > 0 ? add(times) : null,
    renderOf: times.length,
    longestSeconds: times.length > 0 ? Math.max(...times) : null,
    wastedSeconds: add(wasted.flatMap(({ task }) => secondsOf(task))),
    peakRamOf: ofField('PeakRamUsageBytes').length,
    errors: tasks.some(({ task }) => 'NumberOfErrors' in task)
      ? add(ofField('NumberOfErrors'))
      : null,
  };
}

/** In winter or summer, how far Berlin is ahead of UTC. */
function ahead(ms: number): number {
  const text = new Date(ms).toLocaleString('en-US', {
    timeZone: 'Europe/Berlin',
    timeZoneName: 'shortOffset',
  });
  return Number(/GMT\+(\d)/.exec(text)?.[1]) * HOUR;
}

function secondsOf({ RenderTime }: Record<string, unknown>): number[] {
  const text = String(RenderTime ?? '-');
  if (text.startsWith('-')) return [];
  const [clock, days = '0'] = text
    .replace(/^(\d+)\.(?=\d\d:)/, '')
    .split('|')
    .concat(/^(\d+)\.\d\d:/.exec(text)?.[1] ?? []);
  const [hours, minutes, seconds] = String(clock).split(':').map(Number) as [
    number,
    number,
    number,
  ];
  return [Number(days) * 86_400 + hours * 3_600 + minutes * 60 + seconds];
}

const sorted = (groups: readonly object[], by: string) =>
  groups.toSorted((a, b) => String((a as never)[by]).localeCompare(String((b as never)[by])));

test.for(GROUPINGS)('by %s, the figures are plain sums over all notifications', async (by) => {
  const plain = sorted(plainSums(by), by);
  const groups = await all.asked(['stats', ...SPAN, '--by', by]);
  expect(sorted(groups, by)).toMatchObject(plain);
  expect(groups).toHaveLength(plain.length);
});

test('with problems only in the history, the same is wasted; without one, that is not known', async () => {
  const call = ['stats', ...SPAN, '--by', 'worker'];
  const plain = sorted(plainSums('worker'), 'worker');
  expect(sorted(await problems.asked(call), 'worker')).toMatchObject(plain);
  for (const each of await off.asked(call)) {
    expect(each).toMatchObject({ wastedSeconds: null, wastedOf: null });
  }
});

test('without a grouping, one object has the figures of all, exactly', async () => {
  const [plain] = plainSums(undefined);
  const { stdout, stderr, code } = await all.deadline(['stats', ...SPAN, '--json']);
  expect(JSON.parse(stdout)).toMatchObject({ ...plain, jobsFailed: expect.any(Number) });
  expect(stderr).toBe('');
  expect(code).toBe(0);
  const { stdout: large } = await all.deadline(['stats', ...SPAN, '--by', 'job', '--json']);
  const line = large.split('\n').find((each) => each.includes('"large"'));
  expect(line).toContain('"job":"large","name":"name of large","jobs":1,');
  expect(line).toContain(
    `"usedCpuClocks":${CLOCKS},"availableCpuClocks":${CLOCKS},"cpuPercent":100,`,
  );
  expect(line).toContain(`"outputBytes":${CLOCKS},"outputOf":1}`);
});

describe('on a terminal', () => {
  test('groups are lines, those that rendered longest first, with their total below', async () => {
    const { stdout, stderr } = await all.onTerminal(80, ['stats', ...SPAN, '--by', 'department']);
    const lines = stdout.trimEnd().split('\n');
    expect(Math.max(...lines.map((line) => stringWidth(line)))).toBeLessThanOrEqual(80);
    expect(lines[0]).toMatch(
      /^By department: \d+ jobs with \d+ tasks since .*\. Times in GMT\+[12](, then GMT\+[12])?\.$/,
    );
    expect(lines[1]).toMatch(
      /^department +jobs +tasks +failed +rendered +wasted +median +p95 +longest/,
    );
    expect(lines.at(-2)).toMatch(/^total +\d+ +\d+ +\d+ +[\d.]+ h +[\d.]+ h +/);
    expect(lines.at(-1)).toMatch(/^Left out: .*output\. See --wide/);
    const hours = lines.slice(2, -2).map((line) => Number(/([\d.]+) h/.exec(line)?.[1] ?? 0));
    expect(hours).toEqual(hours.toSorted((a, b) => b - a));
    expect(stderr).toBe('');
  });

  test('hours are in their order', async () => {
    const { stdout } = await all.onTerminal(80, ['stats', ...SPAN, '--by', 'hour']);
    const hours = stdout
      .split('\n')
      .flatMap((line) => /^\d{4}-\d\d-\d\d \d\d:00\+\d\d:00/.exec(line)?.[0] ?? []);
    expect(hours.length).toBeGreaterThan(2);
    expect(hours).toEqual(
      hours.toSorted((a, b) => Date.parse(a.replace(' ', 'T')) - Date.parse(b.replace(' ', 'T'))),
    );
  });

  test('what has no name is –, what is not known is empty, and the history that is off is said', async () => {
    const call = ['stats', ...SPAN, '--by', 'user', '--columns', 'user,tasks,wasted'];
    const { stdout, stderr } = await off.onTerminal(80, call);
    expect(stdout).toMatch(/^– +3$/m);
    expect(stderr).toContain(
      'Wasted time is not known: the history is off. Set `history: problems`.\n',
    );
  });

  test('without a grouping, a line is a figure', async () => {
    const { stdout } = await all.onTerminal(80, ['stats', ...SPAN]);
    const lines = stdout.trimEnd().split('\n');
    expect(lines.map((line) => line.slice(0, 12).trimEnd())).toEqual(
      [
        'Statistics: ',
        ...[
          'jobs',
          'tasks',
          'rendered',
          'per task',
          'wasted',
          'errors',
          'peak RAM',
          'CPU',
          'output',
        ],
      ].map((name) => name.trimEnd()),
    );
    expect(stdout).toMatch(/^wasted +[\d.]+ h in \d+ tries$/m);
    expect(stdout).toMatch(/^output +18\.4 EB \(\d+ of \d+ tasks\)$/m);
    expect(Math.max(...lines.map((line) => stringWidth(line)))).toBeLessThanOrEqual(80);
    const { stdout: narrow } = await off.onTerminal(60, ['stats', ...SPAN]);
    expect(narrow).toMatch(/^wasted +not known: the history is off$/m);
  });
});

test('into a pipe, values are in documented units, and what is not known is empty', async () => {
  const columns = ['--columns', 'job,rendered,wastedSeconds,usedCpuClocks,ram'];
  const { stdout } = await off.deadline(['stats', ...SPAN, '--by', 'job', ...columns]);
  expect(stdout.split('\n')).toContain('name of resumed\t93784.5\t\t\t');
  expect(stdout.split('\n')).toContain(`name of large\t\t\t${CLOCKS}\t`);
  const { stdout: csv } = await off.deadline([
    'stats',
    ...SPAN,
    '--csv',
    '--columns',
    'jobs,output',
  ]);
  expect(csv).toMatch(/^jobs,output\r\n\d+,184467440\d{11}\r\n$/);
});

test('the history is not read where nobody asked for what it tells', async () => {
  all.proxy.reset();
  await all.deadline(['stats', ...SPAN, '--by', 'user', '--columns', 'user,rendered']);
  const tables = all.proxy.calls.map(({ input }) => (input as { TableName?: string }).TableName);
  expect(tables).not.toContain('DeadlineNotificationHistory');
});

test('a job of which it is not known when it stopped is left out, and said', async () => {
  const stack = await stackToAsk();
  await stack.happened([5, stoppedJob('one', 'Completed')], [5, stoppedJob('other', 'Completed')]);
  await stack.client.send(
    new UpdateItemCommand({
      TableName: JOBS,
      Key: { job_id: { S: 'other' } },
      UpdateExpression: 'SET sent_timestamp = :later',
      ExpressionAttributeValues: { ':later': { N: String(NOW * 1_000) } },
    }),
  );
  const { stdout, stderr } = await stack.deadline(['stats', '--json']);
  expect(JSON.parse(stdout)).toMatchObject({
    jobs: 1,
    tasks: 0,
    renderSeconds: null,
    errors: null,
  });
  expect(stderr).toContain('Left out: 1 job of which it is not known when it stopped.\n');
});

test('without a job in the span, says so', async () => {
  const { stdout, stderr, code } = await off.deadline([
    'stats',
    '--since',
    '2020-01-01',
    '--until',
    '2020-01-02',
    '--csv',
  ]);
  expect(stdout).toMatch(/^jobs,tasks,[^\n]*\r\n$/);
  expect(stderr).toBe(
    'No job stopped from 2020-01-01 00:00:00+01:00 to 2020-01-02 00:00:00+01:00.\n',
  );
  expect(code).toBe(0);
});

test.for([
  ['off', off],
  ['all', all],
] as const)(
  'with the history at %s, an interrupted run prints what it has, and says of how many jobs that is',
  async ([, stack]) => {
    stack.proxy.reset();
    // One job takes so long that the others are read before it.
    stack.proxy.faultOf = ({ operation, input }) =>
      operation === 'Query' && JSON.stringify(input).includes('"resumed"')
        ? { delay: 5_000 }
        : undefined;
    const isTasks = ({ input }: { input: object }) =>
      JSON.stringify(input).includes('DeadlineTaskNotifications');
    const areAsked = () => stack.proxy.calls.filter(isTasks).length === 9;
    const call = ['stats', ...SPAN, '--json'];
    const { stdout, stderr, code } = await stack.deadline(call, {}, areAsked);
    stack.proxy.reset();
    expect(stderr).toMatch(
      /^Interrupted: this is of [1-8] of 9 jobs, and in part of [1-8] more\.$/m,
    );
    expect(JSON.parse(stdout)).toMatchObject({ jobs: 9 });
    expect(code).toBe(130);
  },
);

test.for([
  [['--by', 'plugin', '--columns', 'plugin,rendered'], false],
  [['--by', 'plugin', '--columns', 'plugin,wasted'], true],
  [['--by', 'plugin'], true],
  [['--json'], true],
  [[], true],
] as const)(
  'with %j, that the history is off is said where wasted time is told: %j',
  async ([call, isSaid]) => {
    const { stderr } = await off.deadline(['stats', ...SPAN, ...call]);
    expect(/^Wasted time is not known: the history is off\./m.test(stderr)).toBe(isSaid);
  },
);

test('what costs more than a cent is asked about first', async () => {
  const stack = await stackToAsk(inject('historyTemplate'));
  const job = stoppedJob('huge', 'Completed', { NumberOfTasks: 1_000_000 });
  // The job began before its history did.
  await stack.happened([5, { ...job, Timestamp: new Date().toISOString() }]);
  const text = 'This reads about 1,000,000 tasks of 1 job: some 208,740 read units, $0.03.';
  const asked = await stack.deadline(['stats', '--json']);
  expect(asked).toMatchObject({ stdout: '', code: 1 });
  expect(asked.stderr).toContain(
    `${text} Nothing was read. To read without being asked, use --yes.\n`,
  );
  const { stdout, stderr, code } = await stack.deadline(['stats', '--json', '--yes']);
  expect(stderr).toContain(`${text}\n`);
  expect(stderr).toMatch(/^The history begins on .*: what was wasted before is not known\.$/m);
  expect(JSON.parse(stdout)).toMatchObject({ jobs: 1, tasks: 0 });
  expect(code).toBe(0);
});

test('in all, are what DuckDB counts over an export of the same tasks', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'stats-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  // The same jobs in both, however long each takes.
  const span = [...SPAN, '--until', '1m'];
  for (const kind of ['jobs', 'tasks']) {
    const output = join(folder, `${kind}.parquet`);
    const { code } = await all.deadline(['export', kind, ...span, '--yes', '--output', output]);
    expect(code).toBe(0);
  }
  // The output of one task is too large for a column, but not for `stats`.
  const [summed] = await queried(
    folder,
    `SELECT (SELECT count(*) FROM 'jobs.parquet') AS jobs, count(*) AS tasks,
       count(*) FILTER (status = 'Completed') AS completed, count(*) FILTER (status = 'Failed') AS failed,
       count(*) FILTER (status = 'Rendering') AS rendering, round(sum(renderSeconds), 6) AS renderSeconds,
       count(renderSeconds) AS renderOf, max(renderSeconds) AS longestSeconds, sum(errors) AS errors,
       count(errors) AS errorsOf, max(peakRamBytes) AS peakRamBytes, count(peakRamBytes) AS peakRamOf,
       sum(usedCpuClocks) AS usedCpuClocks, sum(availableCpuClocks) AS availableCpuClocks,
       sum(outputBytes) + ${CLOCKS}::HUGEINT AS outputBytes, count(outputBytes) + 1 AS outputOf
     FROM 'tasks.parquet'`,
  );
  const { stdout } = await all.deadline(['stats', '--json', ...span]);
  for (const [name, value] of Object.entries(summed ?? {})) {
    // As text: sums are beyond what JavaScript's numbers hold.
    expect([name, new RegExp(`"${name}":([^,}]+)`).exec(stdout)?.[1]]).toEqual([name, value]);
  }
  expect(Number(summed?.tasks)).toBeGreaterThan(100);
});
