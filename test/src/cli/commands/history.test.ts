import { DeleteItemCommand, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import stringWidth from 'string-width';
import { describe, expect, inject, test } from 'vitest';
import { historyAt } from '../../../support/history-at.ts';
import { context, event, record } from '../../../support/records.ts';
import { stackToAsk, stoppedJob, taskIn } from '../../../support/stack-to-ask.ts';
import { HISTORY, JOBS } from '../../../support/test-tables.ts';

const { handler, deadline, onTerminal, asked } = await stackToAsk(inject('historyTemplate'));
const problems = await stackToAsk(historyAt('problems'));

const [SECOND, MINUTE, HOUR] = [1_000, 60_000, 3_600_000];
/** A whole hour of the last night. */
const NIGHT = Math.floor((Date.now() - 6 * HOUR) / HOUR) * HOUR;
const at = (seconds: number) => new Date(NIGHT + seconds * SECOND).toISOString();
const clock = (seconds: number) => at(seconds).slice(11, 19);

type Body = Record<string, unknown>;

/** Stores notifications of so many seconds of the night. Deadline sends once a minute. */
async function store(
  ingest: typeof handler,
  ...all: readonly (readonly [seconds: number, body: Body])[]
) {
  const records = all.map(([seconds, body]) => {
    const sent = Math.ceil((NIGHT + seconds * SECOND) / MINUTE) * MINUTE + seconds;
    return record({ ...body, Timestamp: at(seconds) }, sent);
  });
  expect(await ingest(event(...records), context())).toEqual({ batchItemFailures: [] });
}

const JOB = '6b067e72f6ac6ffc9125246d';
const run = (
  task: number,
  status: string,
  errors: number,
  ran = '00:00:00',
  worker = 'render-036',
) => {
  const body = taskIn(JOB, task, status, {
    FrameRange: `${1_001 + 2 * task}-${1_002 + 2 * task}`,
    WorkerName: worker,
    NumberOfErrors: errors,
    RenderTime: ran,
  });
  const StopReason = `The Task '${JOB}_${task}' was set to ${status}.`;
  return { ...body, NotificationInfo: { ...body.NotificationInfo, StopReason } };
};
/** A task that is requeued twice and fails, one that completes, and the stop of their job. */
const night: (readonly [number, Body])[] = [
  [8, run(12, 'Rendering', 0, '00:00:00', 'render-001')],
  [66, run(13, 'Rendering', 0)],
  [93, run(13, 'Queued', 1, '00:00:26.5000000')],
  [98, run(13, 'Rendering', 1)],
  [230, run(13, 'Queued', 2, '00:02:11')],
  [233, run(13, 'Rendering', 2)],
  [240, run(12, 'Completed', 0, '00:03:52', 'render-001')],
  [435, run(13, 'Failed', 3, '00:03:22')],
  [
    443,
    stoppedJob(JOB, 'Failed', {
      JobName: 'sq040_sh0310_cache_v003',
      NumberOfTasks: 41,
      NumberOfErrors: 3,
      JobStartedDateTime: at(8),
    }),
  ],
];
await store(handler, ...night);
await store(problems.handler, ...night);

describe('a task', () => {
  const life = [
    'time      transition  worker       ran  errors',
    `${clock(66)}  ▸ Started   render-036`,
    `${clock(93)}  ↵ Requeued  render-036  0:26       1`,
    `${clock(98)}  ▸ Started   render-036             1`,
    `${clock(230)}  ↵ Requeued  render-036  2:11       2`,
    `${clock(233)}  ▸ Started   render-036             2`,
    `${clock(435)}  ✗ Failed    render-036  3:22       3`,
  ];

  test('shows its whole life on a few lines', async () => {
    const call = ['history', '6b067e72', '--task', '13', '--utc'];
    const { stdout, stderr, code } = await onTerminal(80, call);
    expect(stdout.split('\n').map((line) => line.replace(/ +was set.*$| {2}reason$/, ''))).toEqual([
      'sq040_sh0310_cache_v003  task 13, frames 1027-1028. Times in UTC.',
      ...life,
      '3 tries, all on render-036, 5:59 rendered. Nothing else came for this task.',
      '',
    ]);
    expect([stderr, code]).toEqual(['', 0]);
  });

  test('at the level problems, says what is not recorded', async () => {
    const call = ['history', 'sq040*', '--task', '13', '--utc'];
    const { stdout, stderr, code } = await problems.onTerminal(60, call);
    expect(stdout.split('\n')).toEqual([
      'sq040_sh0310_cache_v003  task 13. Times in UTC.',
      life[0],
      ...life.filter((line) => /[↵✗]/.test(line)),
      '3 recorded tries, all on render-036, 5:59 rendered.',
      '',
    ]);
    expect(stderr).toBe(
      'With `history: problems`, starts and completions of tasks are not recorded.\n',
    );
    expect(code).toBe(0);
  });

  test('several of them have a column', async () => {
    for (const choice of [
      ['--task', '13,12'],
      ['--task', '12', '--task', '13'],
    ]) {
      const { stdout } = await onTerminal(80, ['history', JOB, ...choice, '--utc']);
      const [title, head, first, ...others] = stdout.split('\n');
      expect(title).toBe(
        `sq040_sh0310_cache_v003  tasks ${choice.includes('12') ? '12, 13' : '13, 12'}. Times in UTC.`,
      );
      expect(head).toMatch(/^time {6}transition {3}task {2}worker/);
      expect(first).toBe(`${clock(8)}  ▸ Started      12  render-001`);
      expect(others.at(-2)).toBe(
        '4 tries of 2 tasks, 9:51 rendered. Nothing else came for these tasks.',
      );
    }
  });

  test('without entries is told, and how many tasks there are', async () => {
    for (const id of ['40', '-1', '9'.repeat(38)]) {
      const { stdout, stderr, code } = await onTerminal(80, ['history', JOB, `--task=${id}`]);
      expect([stdout, code]).toEqual(['', 0]);
      expect(stderr).toBe('No transition of this task was recorded. The job has 41 tasks.\n');
    }
    const call = ['history', JOB, '--task', '12'];
    expect((await problems.deadline(call)).stderr).toBe(
      'No problem of this task was recorded. The job has 41 tasks.\n' +
        'With `history: problems`, starts and completions of tasks are not recorded.\n',
    );
  });

  test.for([['-0'], ['1.5'], ['x'], [''], ['1,'], ['9'.repeat(39)]])(
    '%s is no id',
    async ([id]) => {
      const { stderr, code } = await deadline(['history', JOB, `--task=${id}`]);
      expect(stderr).toMatch(/argument '.*' is invalid/);
      expect(code).toBe(64);
    },
  );
});

describe('a job', () => {
  test('shows all of its tasks, and how it stopped', async () => {
    const { stdout, stderr } = await onTerminal(100, ['history', JOB, '--utc']);
    const lines = stdout.split('\n');
    expect(lines[0]).toBe('sq040_sh0310_cache_v003  ✗ Failed  Times in UTC.');
    expect(lines).toHaveLength(3 + night.length + 1);
    expect(lines.at(-3)).toMatch(new RegExp(`^${clock(443)}  ✗ Job failed {20}7:15 {7}3$`));
    expect(lines.at(-2)).toBe(
      '4 tries of 2 tasks on render-036 ×3, render-001, 9:51 rendered. Nothing else came for this job.',
    );
    expect(stderr).toBe('');
  });

  test('that renders says that nothing came yet', async () => {
    await store(handler, [9, taskIn('runs', 0, 'Rendering')]);
    const { stdout } = await onTerminal(80, ['history', 'runs']);
    const lines = stdout.split('\n');
    expect(lines[0]).toMatch(/^runs {2}▸ Rendering {2}Times in /);
    expect(lines.at(-2)).toBe('1 try of 1 task on render-01. Nothing else came for this job yet.');
  });

  test('whose rows are gone is found in its history', async () => {
    await store(problems.handler, [9, stoppedJob('gone', 'Active', { JobName: 'gone_v001' })]);
    const Key = { job_id: { S: 'gone' } };
    await problems.client.send(new DeleteItemCommand({ TableName: JOBS, Key }));
    const { stdout } = await problems.onTerminal(80, ['history', 'gone']);
    expect(stdout).toMatch(
      /^gone_v001 {2}⊘ Deleted \(Active\) {2}Times in .*\n.*\n.*⊘ Job deleted/,
    );
    const { code } = await problems.deadline(['history', 'never-heard-of']);
    expect(code).toBe(66);
  });

  test('from so long ago that DynamoDB may delete it is shown until it does', async () => {
    await store(problems.handler, [9, stoppedJob('old', 'Failed')]);
    const { Items = [] } = await problems.client.send(
      new QueryCommand({
        TableName: HISTORY,
        KeyConditionExpression: 'job_id = :job',
        ExpressionAttributeValues: { ':job': { S: 'old' } },
      }),
    );
    const Item = { ...Items[0], expires_at: { N: '1' } };
    await problems.client.send(new PutItemCommand({ TableName: HISTORY, Item }));
    const { stdout } = await problems.onTerminal(80, ['history', 'old']);
    expect(stdout).toContain('✗ Job failed');
  });

  test('with --limit, does not say what it did not read', async () => {
    const { stdout, stderr } = await onTerminal(80, ['history', JOB, '--limit', '2']);
    expect(stdout.split('\n')).toHaveLength(5);
    expect(stdout).not.toContain('tries');
    expect(stderr).toBe('There are more: raise --limit.\n');
  });

  test.for([60, 80, 100, 200])(
    '%d columns are enough for whatever is recorded',
    async (columns) => {
      const id = 'x'.repeat(24);
      const name = `${'夜景の灯火_'.repeat(9)}v012`;
      const frames = Array.from({ length: 500 }, (_, index) => 2 * index).join();
      const worker = '山田太郎'.repeat(9);
      await store(
        handler,
        ...[1, 2, 3].map((task): [number, Body] => [
          task,
          taskIn(id, 1_000_000 + task, 'Odd', {
            FrameRange: frames,
            WorkerName: worker + task,
            RenderTime: '9.10:11:12',
          }),
        ]),
        [4, stoppedJob(id, 'Suspended', { JobName: name })],
      );
      for (const choice of [[], ['--task', '1000001'], ['--task', '1000001,1000002']]) {
        const { stdout } = await onTerminal(columns, ['history', id, ...choice]);
        for (const line of stdout.split('\n'))
          expect(stringWidth(line)).toBeLessThanOrEqual(columns);
        expect(stdout).toContain('· Stopped');
      }
    },
  );
});

test('a watch of a job has each of its transitions, at both levels', async () => {
  const until = ({ stdout }: { stdout: string }) => stdout.split('\n').length > night.length;
  const isProblem = (line: string) => !/"status":"(Rendering|Completed)"/.test(line);
  const call = ['watch', JOB, '--since', at(0), '--json'];
  const { stdout } = await deadline(call, {}, until);
  const lines = stdout.trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line).status)).toEqual([
    ...['Rendering', 'Rendering', 'Queued', 'Rendering', 'Queued', 'Rendering', 'Completed'],
    ...['Failed', 'Failed'],
  ]);
  expect(JSON.parse(lines[2] as string)).toMatchObject({
    ...{ job: JOB, task: 13, sent: at(93), worker: 'render-036', errors: 1 },
    ...{ name: 'sq040_sh0310_cache_v003', user: 'comp-1' },
  });
  const some = await problems.deadline(call, {}, (printed) => printed.stdout.includes('Completed'));
  expect(some.stdout.trimEnd().split('\n').filter(isProblem)).toEqual(lines.filter(isProblem));
});

describe('for programs', () => {
  test('--json has an object for each transition', async () => {
    const objects = await asked(['history', JOB]);
    expect(objects).toHaveLength(night.length);
    expect(objects[2]).toEqual({
      id: expect.stringMatching(new RegExp(`^${JOB}/`)),
      at: at(93),
      job: JOB,
      task: 13,
      transition: 'task-requeued',
      status: 'Queued',
      reason: `The Task '${JOB}_13' was set to Queued.`,
      worker: 'render-036',
      frames: '1027-1028',
      errors: 1,
    });
    expect(objects.at(-1)).toMatchObject({
      ...{ task: null, transition: 'job-failed', name: 'sq040_sh0310_cache_v003', tasks: 41 },
      ...{ user: 'comp-1', started: at(8), completed: null },
    });
    expect(
      (await asked(['history', JOB, '--task', '13'])).map(({ transition }) => transition),
    ).toEqual([
      ...[
        'task-started',
        'task-requeued',
        'task-started',
        'task-requeued',
        'task-started',
        'task-failed',
      ],
    ]);
  });

  test('piped, a line has all columns, with tabs between them', async () => {
    const { stdout } = await deadline(['history', JOB, '--task', '13']);
    expect(stdout.split('\n')[1]?.split('\t')).toEqual([
      ...[at(93), 'task-requeued', '13', 'render-036', '27', '1', '1027-1028'],
      ...[`The Task '${JOB}_13' was set to Queued.`, 'Queued'],
    ]);
  });
});

describe('a history that was off before', () => {
  const started = (seconds: number) => ({ TaskStartDateTime: at(seconds) });

  test('says since when it knows a job that stopped', async () => {
    const details = { JobStartedDateTime: at(0), JobName: 'late_v001' };
    await store(
      handler,
      [2_000, taskIn('late', 1, 'Failed', { RenderTime: '00:30:00' })],
      [2_001, taskIn('late', 2, 'Rendering')],
      [2_002, taskIn('late', 2, 'Failed', { RenderTime: '00:00:01' })],
      [2_003, stoppedJob('late', 'Failed', details)],
    );
    const { stdout, stderr } = await onTerminal(80, ['history', 'late', '--task', '2', '--utc']);
    expect(stdout).toContain(
      '1 try on render-01, 0:01 rendered. Nothing else was recorded for this task.',
    );
    expect(stderr).toBe(
      `The history knows nothing of this job from before ${clock(2_000)}. It began at ${clock(0)}.\n`,
    );
  });

  test('and one that runs, by its first task', async () => {
    await store(handler, [2_000, taskIn('later', 1, 'Completed', started(0))]);
    const { stderr } = await deadline(['history', 'later', '--utc']);
    expect(stderr).toBe(
      `The history knows nothing of this job from before ${clock(2_000)}. It began at ${clock(0)}.\n`,
    );
  });

  test('by the age of its table, where it has no entry', async () => {
    await store(problems.handler, [9, taskIn('early', 1, 'Rendering', started(0))]);
    const { stdout, stderr } = await problems.deadline(['history', 'early', '--utc']);
    const [none, , since] = stderr.split('\n');
    expect([stdout, none]).toEqual(['', 'No problem of this job was recorded.']);
    expect(since).toMatch(
      new RegExp(
        `^The history knows nothing of this job from before .*\\. It began at ${clock(0)}\\.$`,
      ),
    );
  });

  test('if it is off still, says so', async () => {
    const stack = await stackToAsk();
    expect(await stack.deadline(['history', JOB])).toEqual({
      stdout: '',
      stderr:
        'The history is off. Set `history: problems` or `history: all`, and deploy: it begins then.\n',
      code: 78,
    });
  });
});
