import { once } from 'node:events';
import stringWidth from 'string-width';
import { beforeEach, describe, expect, inject, test } from 'vitest';
import { sharedCredentials } from '../../../../src/cli/aws/credentials.ts';
import { AwsRequestHandler } from '../../../../src/cli/aws/request-handler.ts';
import { type WatchOptions, watch } from '../../../../src/cli/commands/watch.ts';
import type { Session } from '../../../../src/cli/session.ts';
import { screenOf } from '../../../../src/terminal/screen.ts';
import { always } from '../../../support/function-behind-proxy.ts';
import { end, interrupt } from '../../../support/process.ts';
import { serviceError } from '../../../support/proxy.ts';
import { context, event, record } from '../../../support/records.ts';
import {
  type Ended,
  interrupted,
  type Printed,
  withEnvironment,
} from '../../../support/run-cli.ts';
import { stackToAsk, stoppedJob, taskIn } from '../../../support/stack-to-ask.ts';
import { emptyTables, withoutIndexes } from '../../../support/test-tables.ts';

const { handler, proxy, env, deadline, asked, begin } = await stackToAsk();

const NEVER = new AbortController().signal;
const SOON = { interval: 2, timeout: 20_000 };
/** Between two looks. */
const PAUSE = 5;
const [SECOND, MINUTE, HOUR] = [1_000, 60_000, 3_600_000];
/** Each test has a time of its own, after all that the others stored; one that clocks show easily. */
let time = Math.floor((Date.now() - 10 * HOUR) / HOUR) * HOUR;
beforeEach(() => {
  proxy.reset();
  time += 15 * MINUTE;
});

/** Stores notifications that SQS got so many seconds after the test's time. */
async function store(...all: readonly (readonly [seconds: number, body: object])[]) {
  const records = all.map(([seconds, body]) => record(body, time + seconds * SECOND));
  expect(await handler(event(...records), context())).toEqual({ batchItemFailures: [] });
}

/** What is told apart from `WatchOptions`: whose screen, and when to end. */
interface Watching extends WatchOptions {
  readonly job?: string;
  /** Of a terminal; none reads if it is not set. */
  readonly width?: number;
  readonly json?: boolean;
  readonly color?: boolean;
  readonly output?: AbortSignal;
}

/** Watches until it has printed so many lines. */
async function watched(
  { job, width, json = false, color = false, output = NEVER, ...options }: Watching,
  until: number,
  meanwhile: () => Promise<unknown> = async () => undefined,
): Promise<Ended & { lines: string[] }> {
  proxy.calls.length = 0;
  let failure: unknown;
  const isDone = ({ stdout }: Printed) =>
    stdout.split('\n').length > until || failure !== undefined;
  const ended = await withEnvironment(env({ TZ: 'UTC' }), async () => {
    const work = interrupted((signal) => {
      const requestHandler = new AwsRequestHandler(undefined);
      const credentials = sharedCredentials({ profile: undefined, requestHandler, signal });
      const session: Session = {
        stackName: 'DeadlineNotifications',
        account: { requestHandler, credentials },
        ...{ json, utc: true, now: Date.now(), signal, output },
        screen: screenOf({ isTTY: width !== undefined, columns: width ?? 0 }, {}, !color),
      };
      return watch(session, job, options, PAUSE);
    }, isDone);
    await meanwhile().catch((error) => {
      failure = error;
    });
    return work;
  });
  if (failure !== undefined) throw failure;
  return { ...ended, lines: ended.stdout.split('\n').slice(0, -1) };
}

const clock = (seconds: number) => new Date(time + seconds * SECOND).toISOString().slice(11, 19);

const cache = () => ({
  JobName: 'sq040_sh0310_cache_v003',
  NumberOfTasks: 41,
  NumberOfErrors: 12,
  JobStartedDateTime: new Date(time - HOUR).toISOString(),
});

/** A night in small: a job that still runs, one that failed, and one that completed. */
async function haveNight() {
  await store(
    [1, taskIn('6b067e72f6ac6ffc9125246d', 13, 'Failed', { FrameRange: '1027-1028' })],
    [2, taskIn('failing', 13, 'Failed', { FrameRange: '1027-1028', WorkerName: 'render-036' })],
    [3, taskIn('failing', 14, 'Failed', { FrameRange: '1029-1040', WorkerName: 'render-035' })],
    [4, stoppedJob('failing', 'Failed', cache())],
    [
      5,
      stoppedJob('done', 'Completed', {
        JobName: 'sq010_sh0280_turntable_final_v015',
        NumberOfTasks: 75,
        JobStartedDateTime: new Date(time - 38 * MINUTE).toISOString(),
        JobCompletedDateTime: new Date(time + 36 * SECOND).toISOString(),
      }),
    ],
    [6, stoppedJob('夜', 'Suspended', { JobName: `夜景の灯火_${'長'.repeat(40)}_v012` })],
  );
}

describe('on a terminal', () => {
  test('of 80 columns, a line each, a job with how it ended', async () => {
    await haveNight();
    const { lines, stderr, code } = await watched({ since: time, width: 80 }, 8);
    expect(lines).toEqual([
      'Watching what stops and fails, looks every 0 s. Ctrl-C ends. Times in UTC.',
      'time      status        job                          task  frames     worker',
      `${clock(1)}  ✗ Failed      6b067e72f6ac6ffc9125246d       13  1027-1028  render-01`,
      `${clock(2)}  ✗ Failed      sq040_sh0310_cache_v003        13  1027-1028  render-036`,
      `${clock(3)}  ✗ Failed      sq040_sh0310_cache_v003        14  1029-1040  render-035`,
      `${clock(4)}  ✗ Job failed  sq040_sh0310_cache_v003      2 of 41 failed, 1027-1040`,
      `${clock(5)}  ✓ Completed   sq010_sh0280_turntabl…_v015  75 tasks, ran 38:36`,
      `${clock(6)}  ◫ Suspended   夜景の灯火_長長長長長…_v012`,
    ]);
    expect([stderr, code]).toEqual(['', 130]);
  });

  test('no line is wider than the terminal, at any width and with any text', async () => {
    await haveNight();
    const FrameRange = Array.from({ length: 500 }, (_, index) => 1_001 + 2 * index).join();
    const id = 'x'.repeat(24);
    await store(
      [7, taskIn(id, 1_234_567, 'Failed', { FrameRange, WorkerName: '山田太郎'.repeat(9) })],
      [8, stoppedJob(id, 'Failed', { JobName: '\u0007\n👩‍👩‍👧'.repeat(30), NumberOfTasks: 2e6 })],
      [9, stoppedJob(`${id}-2`, 'Failed', { JobName: '', NumberOfTasks: 5 })],
    );
    for (const width of [60, 80, 100, 120, 200]) {
      const isNarrow = width === 60;
      const { lines } = await watched({ since: time, width }, isNarrow ? 12 : 11);
      const dated = await watched({ since: time - 24 * HOUR, width }, 10);
      for (const line of [...lines, ...dated.lines]) {
        expect(stringWidth(line)).toBeLessThanOrEqual(width);
        expect(line).toMatch(
          /^Watching|^Left out|^time {6}|^time {13}|^..:..:.. {2}(?: {7})?[✗✓◫]/,
        );
      }
      expect(lines.some((line) => line.startsWith('Left out: frames, worker.'))).toBe(isNarrow);
      const failed = isNarrow ? '2 failed' : '2 of 41 failed, 1027-1040';
      expect(lines.at(-6)).toMatch(
        new RegExp(` ✗ Job failed  sq040_sh0310_cache_v003 +${failed}$`),
      );
    }
  });

  test('only marks, their words, and failed counts have a color', async () => {
    await haveNight();
    const { lines } = await watched({ since: time, width: 80, color: true }, 8);
    const [, , , , , failed, completed] = lines;
    const red = (text: string) => `\u001b[1m\u001b[31m${text}\u001b[39m\u001b[22m`;
    expect(failed).toBe(
      `${clock(4)}  ${red('✗ Job failed')}  sq040_sh0310_cache_v003      ${red('2')} of 41 failed, 1027-1040`,
    );
    expect(completed).not.toContain('\u001b');
  });

  test('with --wide nothing is cut; with --columns a job has the columns, too', async () => {
    await haveNight();
    const { lines } = await watched({ since: time, width: 60, wide: true }, 8);
    expect(lines[6]).toContain('  sq010_sh0280_turntable_final_v015  75 tasks, ran 38:36');
    const columns = ['status', 'job', 'task', 'frames', 'errors'];
    const chosen = await watched({ since: time, width: 80, columns }, 8);
    expect(chosen.lines[5]).toMatch(/^✗ Job failed {2}sq040_sh0310_cache_v003 +12$/);
  });
});

describe('for programs', () => {
  test('--json has jobs as jobs does, with null as task, and tasks as failed does', async () => {
    await haveNight();
    const { lines } = await watched({ since: time, json: true }, 6);
    const events = lines.map((line) => JSON.parse(line));
    const since = new Date(time).toISOString();
    const jobs = (await asked(['jobs', '--since', since])).map((job) => ({ ...job, task: null }));
    const tasks = (await asked(['failed', '--since', since])).filter(({ task }) => task !== null);
    expect(events.filter(({ task }) => task === null).reverse()).toEqual(jobs);
    expect(events.filter(({ task }) => task !== null).reverse()).toEqual(tasks);
  });

  test('piped, a line has all columns, with tabs between them', async () => {
    await haveNight();
    const { lines } = await watched({ since: time }, 6);
    expect(lines[1]?.split('\t')).toEqual([
      ...[new Date(time + 2 * SECOND).toISOString(), 'Failed', 'sq040_sh0310_cache_v003', '13'],
      ...['1027-1028', 'render-036', '', '', 'comp-1', '', 'was set to Failed', 'failing'],
    ]);
    expect(lines[3]?.split('\t').slice(1, 8)).toEqual([
      ...['Failed', 'sq040_sh0310_cache_v003', '', '', '', '12', '3604'],
    ]);
    const csv = await watched({ since: time, csv: true, columns: ['job', 'task'] }, 7);
    expect(csv.lines.slice(0, 2)).toEqual(['job,task\r', '6b067e72f6ac6ffc9125246d,13\r']);
  });
});

describe('looks again and again', () => {
  test('and shows what comes, each once, but not what was there', async () => {
    await store([0, stoppedJob('old', 'Failed')]);
    const { lines } = await watched({ json: true }, 2, async () => {
      await expect.poll(() => proxy.calls.length, SOON).toBeGreaterThan(8);
      await store([1, stoppedJob('new', 'Failed')], [2, taskIn('new', 1, 'Failed')]);
    });
    expect(lines.map((line) => JSON.parse(line).task)).toEqual([null, 1]);
  });

  test('a look that takes long is followed by a pause as long', async () => {
    proxy.faultOf = always('Query', { delay: 40 });
    const began = performance.now();
    const looks = () => proxy.calls.filter(({ operation }) => operation === 'Query').length / 2;
    await watched({ since: time }, 1, async () => {
      await expect.poll(looks, SOON).toBeGreaterThanOrEqual(3);
      await store([1, stoppedJob('ending', 'Completed')]);
    });
    expect(performance.now() - began).toBeGreaterThanOrEqual(5 * 40);
  });
});

describe('selects', () => {
  const ids = ({ lines }: { lines: string[] }) =>
    lines.map((line) => JSON.parse(line)).map(({ job, task }) => `${job}/${task}`);
  const json = true;

  test('by jobs, and by the workers of their tasks', async () => {
    await haveNight();
    const last = stoppedJob('last', 'Failed', { JobName: 'last', UserName: 'fx-1' });
    await store([7, taskIn('last', 1, 'Failed', { WorkerName: 'render-035' })], [8, last]);
    const since = time;
    expect(ids(await watched({ since, json, user: ['FX-*'] }, 2))).toEqual(['last/1', 'last/null']);
    expect(ids(await watched({ since, json, name: ['cache', 'last'] }, 5))).toEqual([
      ...['failing/13', 'failing/14', 'failing/null', 'last/1', 'last/null'],
    ]);
    expect(ids(await watched({ since, json, worker: ['render-035'] }, 4))).toEqual([
      ...['failing/14', 'failing/null', 'last/1', 'last/null'],
    ]);
  });

  test('either one job or several', async () => {
    for (const args of [
      ['--user', 'a'],
      ['--pool', 'b', '--batch', 'c'],
    ]) {
      const { stderr, code } = await deadline(['watch', 'some', ...args]);
      expect(stderr).toMatch(/^Give either a job or --\w+( and --\w+)?, which would select/);
      expect(code).toBe(64);
    }
  });
});

describe('a job', () => {
  test('says what is known of it, then shows each change of its tasks and its stop', async () => {
    const job = crypto.randomUUID();
    await store([0, taskIn(job, 0, 'Completed')], [1, taskIn(job, 1, 'Rendering')]);
    await store([2, stoppedJob(job, 'Suspended', cache())]);
    const { lines, stderr, code } = await watched({ job, width: 80 }, 6, async () => {
      await expect.poll(() => proxy.calls.length, SOON).toBeGreaterThan(4);
      await store(
        [3, taskIn(job, 1, 'Queued')],
        [4, taskIn(job, 2, 'Rendering', { WorkerName: 'render-at-its-longest' })],
        [5, taskIn(job, 3, 'Failed', { FrameRange: '1001-1010' })],
        [6, stoppedJob(job, 'Failed', cache())],
      );
    });
    expect(stderr).toMatch(
      /^sq040_sh0310_cache_v003: Suspended at \d\d:\d\d, 1 of 41 tasks done, 1 rendering\.\n$/,
    );
    expect(lines).toEqual([
      'Watching a job and its tasks, looks every 0 s. Ctrl-C ends. Times in UTC.',
      'time      status           task  frames     worker',
      `${clock(3)}  ↵ Queued            1  1          render-01`,
      `${clock(4)}  ▸ Rendering         2  2          render-at-its-longest`,
      `${clock(5)}  ✗ Failed            3  1001-1010  render-01`,
      `${clock(6)}  ✗ Job failed     1 of 41 failed, 1001-1010`,
    ]);
    expect(code).toBe(130);
  });

  test('is watched even if nothing was received about it', async () => {
    const job = '5f15e68eb8274818a0570999';
    const { lines, stderr } = await watched({ job, json: true }, 1, async () => {
      await expect.poll(() => proxy.calls.length, SOON).toBeGreaterThan(4);
      await store([1, taskIn(job, 0, 'Rendering')]);
    });
    expect(stderr).toBe(
      `Nothing was received about job ${job} or its tasks yet. Watching for a job with exactly this id.\n`,
    );
    expect(JSON.parse(lines[0] as string)).toMatchObject({ job, task: 0, status: 'Rendering' });
  });

  test('shows only the tasks of a worker, if one is given', async () => {
    const job = crypto.randomUUID();
    await store([0, taskIn(job, 0, 'Failed')], [1, taskIn(job, 1, 'Failed', { WorkerName: 'b' })]);
    await store([2, stoppedJob(job, 'Failed')]);
    const { lines } = await watched({ job, since: time, worker: ['b'], json: true }, 2);
    expect(lines.map((line) => JSON.parse(line).task)).toEqual([1, null]);
  });
});

describe('ends', () => {
  test('by Ctrl-C, quietly; its lines are written as they come', async () => {
    await store([1, stoppedJob('piped', 'Failed')]);
    const child = begin(['watch', '--since', new Date(time).toISOString(), '--json']);
    const [line] = await once(child.stdout, 'data');
    expect(JSON.parse(String(line))).toMatchObject({ job: 'piped' });
    const ended = end(child);
    interrupt(child);
    expect(await ended).toEqual({ stdout: '', stderr: '', code: 130 });
  });

  test('with its reader', async () => {
    const left = new AbortController();
    const reason = new Error('EPIPE');
    await store([1, stoppedJob('piped', 'Failed')]);
    const ended = watched({ since: time, output: left.signal }, 2, async () => left.abort(reason));
    await expect(ended).rejects.toBe(reason);
  });

  test.for([
    ['AccessDeniedException', 70],
    ['ExpiredTokenException', 77],
  ] as const)('if AWS answers %s', async ([name, exitCode]) => {
    proxy.faultOf = always('Query', serviceError(name));
    const { stdout, stderr, code } = await deadline(['watch']);
    expect([stdout, code]).toEqual(['', exitCode]);
    expect(stderr).toContain(name);
  });

  test('without an index, and says how to add it', async () => {
    const bare = await emptyTables(inject('dynamoDbEndpoint'), withoutIndexes(inject('template')));
    const { stderr, code } = await deadline(['watch'], bare.environment);
    expect(stderr).toContain('has no index by-time');
    expect(code).toBe(78);
  });

  test.for([
    [['--sort', 'job'], "unknown option '--sort'"],
    [['--columns', 'nam'], 'There is no column nam.'],
    [['--since', 'tomorrow'], 'Expected a duration'],
    [['one', 'two'], 'too many arguments'],
  ] as const)('called with %s', async ([args, message]) => {
    const { stderr, code } = await deadline(['watch', ...args]);
    expect(stderr).toContain(message);
    expect(code).toBe(64);
  });
});
