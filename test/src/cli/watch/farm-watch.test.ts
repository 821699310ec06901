import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { NotificationRows } from '../../../../src/cli/aws/notification-rows.ts';
import { jobSummary, type TaskSummary, taskSummary } from '../../../../src/cli/aws/row-summary.ts';
import type { StackOutputs } from '../../../../src/cli/aws/stack-outputs.ts';
import {
  type FarmRows,
  FarmWatch,
  type FarmWatchOptions,
} from '../../../../src/cli/watch/farm-watch.ts';
import { always } from '../../../support/function-behind-proxy.ts';
import { context, event, record } from '../../../support/records.ts';
import { stackToAsk, stoppedJob, taskIn } from '../../../support/stack-to-ask.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** A watch, and what it has shown: jobs as `job Status`, tasks as `job/task Status`. */
function watching(rows: FarmRows, now: () => number, options: FarmWatchOptions = {}) {
  const shown: string[] = [];
  const watch = new FarmWatch(rows, options, now);
  const look = async () => {
    shown.length = 0;
    await watch.look(({ job, task }) =>
      shown.push(task ? `${task.job}/${task.task} ${task.status}` : `${job.job} ${job.status}`),
    );
    return [...shown];
  };
  return { watch, look, shown };
}

describe('on DynamoDB Local', async () => {
  const { handler, outputs, proxy, client } = await stackToAsk();
  const { region, credentials } = client.config;
  const { endpoint } = proxy;
  const behindProxy = new DynamoDBClient({ region, credentials, endpoint, maxAttempts: 1 });

  // Each test has an hour of its own, after all that the others stored.
  let hour = Date.now() - 100 * HOUR;
  let now: number;
  beforeEach(() => {
    proxy.reset();
    hour += HOUR;
    now = hour + 30 * MINUTE;
  });

  /** Stores notifications that SQS got so many ms before now. */
  async function store(...all: readonly (readonly [before: number, body: object])[]) {
    const records = all.map(([before, body]) => record(body, now - before));
    expect(await handler(event(...records), context())).toEqual({ batchItemFailures: [] });
  }

  function farm(options: FarmWatchOptions = {}) {
    const { signal } = new AbortController();
    const clock = () => now;
    const stack = { ...outputs, RetentionDays: undefined } as unknown as StackOutputs;
    const rows = new NotificationRows(behindProxy, stack, signal, clock);
    return watching(rows, clock, options);
  }

  test('what was there is not shown; what comes then is, oldest first, each once', async () => {
    await store([MINUTE, stoppedJob('before', 'Failed')], [MINUTE, taskIn('before', 1, 'Failed')]);
    const { watch, look } = farm();
    await watch.begin();
    expect(await look()).toEqual([]);
    await store(
      [1 * SECOND, taskIn('now', 2, 'Completed')],
      [2 * SECOND, stoppedJob('now', 'Completed')],
      [3 * SECOND, taskIn('now', 7, 'Failed')],
      [4 * SECOND, stoppedJob('paused', 'Suspended')],
      [5 * SECOND, stoppedJob('gone', 'Active')],
    );
    const all = ['gone Deleted', 'paused Suspended', 'now/7 Failed', 'now Completed'];
    expect(await look()).toEqual(all);
    expect(await look()).toEqual([]);
  });

  test('a task has the job that it belongs to, if the job ever stopped', async () => {
    const { watch } = farm();
    await watch.begin();
    await store([9, stoppedJob('known', 'Failed')], [8, taskIn('known', 1, 'Failed')]);
    await store([7, taskIn('running', 1, 'Failed')]);
    const jobs: (string | undefined)[] = [];
    await watch.look(({ task, job }) => task && jobs.push(job?.name));
    expect(jobs).toEqual(['name of known', undefined]);
  });

  test('the same notification again shows nothing again', async () => {
    const { watch, look } = farm();
    await watch.begin();
    for (const expected of [['twice/1 Failed', 'twice Failed'], []]) {
      await store([9, taskIn('twice', 1, 'Failed')], [8, stoppedJob('twice', 'Failed')]);
      expect(await look()).toEqual(expected);
    }
  });

  test('rows that are written late are shown, up to ten minutes before the newest, to the ms', async () => {
    await store([0, stoppedJob('newest', 'Completed')]);
    const { watch, look } = farm();
    await watch.begin();
    await store(
      [10 * MINUTE, stoppedJob('edge', 'Failed')],
      [10 * MINUTE, taskIn('edge', 1, 'Failed')],
      [10 * MINUTE + 1, stoppedJob('beyond', 'Failed')],
      [10 * MINUTE + 1, taskIn('beyond', 1, 'Failed')],
      [5 * MINUTE, taskIn('late', 1, 'Failed')],
    );
    expect((await look()).sort()).toEqual(['edge Failed', 'edge/1 Failed', 'late/1 Failed']);
    expect(await look()).toEqual([]);
  });

  test('on a farm that was idle for long, a row is late only by what came after it', async () => {
    await store([25 * MINUTE, stoppedJob('last', 'Completed')]);
    const { watch, look } = farm();
    await watch.begin();
    await store([24 * MINUTE, stoppedJob('replayed', 'Failed')]);
    expect(await look()).toEqual(['replayed Failed']);
  });

  test('a row that changed is shown again; of two changes between looks, the newest', async () => {
    const { watch, look } = farm();
    await watch.begin();
    await store([9, stoppedJob('changing', 'Failed')]);
    expect(await look()).toEqual(['changing Failed']);
    await store([8, stoppedJob('changing', 'Suspended')]);
    await store([7, stoppedJob('changing', 'Completed')]);
    expect(await look()).toEqual(['changing Completed']);
    await store([6, taskIn('changing', 1, 'Failed')]);
    expect(await look()).toEqual(['changing/1 Failed']);
    await store([5, taskIn('changing', 1, 'Rendering')]);
    expect(await look()).toEqual([]);
    await store([4, taskIn('changing', 1, 'Failed')]);
    expect(await look()).toEqual(['changing/1 Failed']);
  });

  test.for([-1, 1])('a clock of the reader that is %i min off loses nothing', async (minutes) => {
    now += minutes * MINUTE;
    const { watch, look } = farm();
    await store([minutes * MINUTE, stoppedJob(`${minutes}`, 'Failed')]);
    await watch.begin();
    for (const seconds of [9, 300, 7]) {
      const id = `${minutes}:${seconds}`;
      await store([minutes * MINUTE + seconds * SECOND, stoppedJob(id, 'Failed')]);
      expect(await look()).toEqual([`${id} Failed`]);
    }
  });

  test('a row from the future, by a clock that is wrong, hides no other', async () => {
    const { watch, look } = farm();
    await watch.begin();
    await store([-20 * MINUTE, stoppedJob('future', 'Failed')]);
    expect(await look()).toEqual(['future Failed']);
    await store([0, stoppedJob('present', 'Failed')]);
    expect(await look()).toEqual(['present Failed']);
  });

  test('a connection that breaks for three looks loses nothing and shows nothing twice', async () => {
    const { watch, look, shown } = farm();
    await watch.begin();
    proxy.faultOf = always('Query', { broken: true, applied: false });
    for (const each of [1, 2, 3]) {
      await store([9 - each, stoppedJob(`lost-${each}`, 'Failed')]);
      await expect(look()).rejects.toThrow();
      expect(shown).toEqual([]);
      now += 20 * MINUTE;
    }
    proxy.reset();
    expect(await look()).toEqual(['lost-1 Failed', 'lost-2 Failed', 'lost-3 Failed']);
    expect(await look()).toEqual([]);
  });

  test('a connection that breaks within a look shows the rest in the next', async () => {
    const { watch, look, shown } = farm();
    await watch.begin();
    const tasks = Array.from({ length: 150 }, (_, id) => taskIn('many', id, 'Failed'));
    await store(...tasks.map((task) => [9, task] as const));
    let lookups = 0;
    proxy.faultOf = ({ operation }) => {
      if (operation !== 'BatchGetItem') return undefined;
      lookups += 1;
      return lookups === 2 ? { broken: true, applied: false } : undefined;
    };
    await expect(look()).rejects.toThrow();
    expect(shown).toHaveLength(100);
    const before = [...shown];
    const after = await look();
    expect([...before, ...after].sort()).toEqual(
      tasks.map(({ TaskDetails }) => `many/${TaskDetails.TaskID} Failed`).sort(),
    );
  });

  test('rows of several pages are shown, each once', async () => {
    const { watch, look } = farm();
    await watch.begin();
    const Properties = 'x'.repeat(40_000);
    const tasks = Array.from({ length: 60 }, (_, id) =>
      taskIn('pages', id, 'Failed', { Properties }),
    );
    await store(...tasks.map((task, index) => [index, task] as const));
    proxy.reset();
    expect((await look()).sort()).toEqual(
      tasks.map(({ TaskDetails }) => `pages/${TaskDetails.TaskID} Failed`).sort(),
    );
    const queries = proxy.calls.filter(({ operation }) => operation === 'Query');
    expect(queries.length).toBeGreaterThan(3);
    expect(await look()).toEqual([]);
  });

  test('with a time, shows what was sent from then on', async () => {
    await store([2 * MINUTE, stoppedJob('too-early', 'Failed')]);
    await store([MINUTE, stoppedJob('first', 'Failed')]);
    const { look } = farm({ since: now - MINUTE });
    expect(await look()).toEqual(['first Failed']);
    await store([MINUTE + 1, stoppedJob('late', 'Failed')], [9, stoppedJob('next', 'Failed')]);
    expect(await look()).toEqual(['next Failed']);
  });
});

describe('any farm', () => {
  // In whole minutes, so that edges are met often.
  const START = 1_000_000;
  const TEN = 10;

  /** A version of the row of one of few jobs: SQS got it in a minute, and it is written some minutes later. */
  const version = (longestDelay: number) =>
    fc.record({
      job: fc.integer({ min: 0, max: 3 }),
      isTask: fc.boolean(),
      sent: fc.integer({ min: START - 20, max: START + 60 }),
      delay: fc.integer({ min: 0, max: longestDelay }),
    });
  const looks = fc
    .array(fc.integer({ min: START + 1, max: START + 80 }), { minLength: 1, maxLength: 20 })
    .map((times) => times.sort((a, b) => a - b));

  type Version = ReturnType<typeof version> extends fc.Arbitrary<infer T> ? T : never;

  const name = ({ job, isTask, sent }: Version) => `${job}${isTask ? '/1' : ''} ${sent}`;

  /** What each look shows. */
  async function shownIn(versions: readonly Version[], times: readonly number[]) {
    let time = START;
    const rows = memoryRows(versions, () => time);
    const watch = new FarmWatch(rows, {}, () => time * MINUTE);
    await watch.begin();
    const shown: string[][] = [];
    for (time of times) {
      const all: string[] = [];
      await watch.look(({ task, job }) => {
        const { sent = 0, ...row } = task ?? job;
        all.push(`${row.job}${task ? '/1' : ''} ${sent / MINUTE}`);
      });
      shown.push(all);
    }
    return shown;
  }

  /** The rows that the tables have at a time: of each, the newest version that is written. */
  function tablesAt(versions: readonly Version[], time: number): Version[] {
    const written = versions.filter(({ sent, delay }) => sent + delay <= time);
    return written.filter(
      (one) =>
        !written.some(
          (other) => other.job === one.job && other.isTask === one.isTask && other.sent > one.sent,
        ),
    );
  }

  function memoryRows(versions: readonly Version[], time: () => number): FarmRows {
    const read = async function* <T>(isTask: boolean, since: number, order: 1 | -1) {
      const all = new Map(tablesAt(versions, time()).map((each) => [name(each), each]));
      const some = [...all.values()].filter(
        (each) => each.isTask === isTask && each.sent * MINUTE >= since,
      );
      for (const each of some.sort((a, b) => order * (a.sent - b.sent))) {
        const row = { job_id: String(each.job), sent_timestamp: each.sent * MINUTE, task_id: 1 };
        yield (isTask ? taskSummary(row) : jobSummary(row)) as T;
      }
    };
    return {
      jobs: ({ since }) => read(false, since, -1),
      failedTasks: ({ since }) => read(true, since, -1),
      jobsSince: (since) => read(false, since, 1),
      failedTasksSince: (since) => read<TaskSummary>(true, since, 1),
      jobsOf: async () => new Map(),
      hasTaskOn: async () => false,
    };
  }

  test('thousands of rows that come at once are shown, each once', async () => {
    const delay = 20;
    const storm = Array.from({ length: 3_000 }, (_, index) => {
      return { job: index % 1_500, isTask: index < 1_500, sent: START - TEN + (index % 10), delay };
    });
    const [first = [], second] = await shownIn(storm, [START + 40, START + 41]);
    expect(new Set(first)).toEqual(new Set(storm.map(name)));
    expect([first.length, second]).toEqual([3_000, []]);
  });

  test('each version that is stored within ten minutes is shown once, whenever it is looked at', async () => {
    const farms = fc.array(version(TEN), { maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(farms, looks, async (versions, times) => {
        const before = new Set(tablesAt(versions, START).map(name));
        const after = new Set(times.flatMap((time) => tablesAt(versions, time).map(name)));
        const shown = (await shownIn(versions, times)).flat();
        expect(shown.sort()).toEqual([...after.difference(before)].sort());
      }),
    );
  });

  test('what comes later is shown unless something over ten minutes newer was seen before', async () => {
    const farms = fc.array(version(25), { maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(farms, looks, async (versions, times) => {
        const tables = [START, ...times].map((time) => tablesAt(versions, time));
        const expected = tables.slice(1).map((now, index) => {
          const earlier = tables.slice(0, index + 1).flat();
          const newest = Math.max(...earlier.map(({ sent }) => sent));
          const known = new Set(earlier.map(name));
          const inTime = now.filter(({ sent }) => sent >= newest - TEN);
          return new Set(inTime.map(name)).difference(known);
        });
        const shown = await shownIn(versions, times);
        expect(shown.map((each) => each.length)).toEqual(expected.map(({ size }) => size));
        expect(shown.map((each) => new Set(each))).toEqual(expected);
      }),
    );
  });
});
