import { setImmediate } from 'node:timers/promises';
import { beforeEach, expect, test } from 'vitest';
import { type JobSummary, jobSummary } from '../../../../../src/cli/aws/row-summary.ts';
import {
  CountedJobs,
  type CountedSource,
} from '../../../../../src/cli/board/state/counted-jobs.ts';
import { StatisticsAnswers } from '../../../../../src/cli/board/state/statistics-answer.ts';
import { measuredTask } from '../../../../../src/cli/statistics/measured-task.ts';
import type { HistoryEntry } from '../../../../../src/shared/history-entry.ts';

const MINUTE = 60_000;

let now: number;
/** The jobs that were read, in order. */
let asked: string[];
/** How many tasks a job has; one otherwise. */
let tasksOf: Record<string, number>;
/** What a read waits for. */
let gate: Promise<unknown>;

beforeEach(() => {
  now = 100 * MINUTE;
  asked = [];
  tasksOf = {};
  gate = Promise.resolve();
});

const source: CountedSource = {
  rows: {
    async *measuredTasks(job: string) {
      asked.push(job);
      await gate;
      const row = { task_id: 0, task_details: { Status: 'Completed', RenderTime: '00:01:00' } };
      yield Array.from({ length: tasksOf[job] ?? 1 }, () => measuredTask(row));
    },
  },
  ...{ entries: undefined, level: 'off', now: () => now },
};

function stop(job: string, minutesAgo: number, tasks = 1): JobSummary {
  const details = { JobStatus: 'Completed', NumberOfTasks: tasks, UserName: 'u' };
  return jobSummary({
    job_id: job,
    sent_timestamp: now - minutesAgo * MINUTE,
    job_details: details,
  });
}

/** What is said of some jobs. */
function said(counted: CountedJobs, jobs: readonly JobSummary[]) {
  const span = { since: 0, until: now, by: 'user' } as const;
  return new StatisticsAnswers(counted, 'off').answer(jobs, span);
}

test('a job is read once as it stopped, again after ten minutes, and again once it stops anew', async () => {
  const counted = new CountedJobs(source);
  const [old, young] = [stop('old', 30), stop('young', 1)];
  for (let look = 0; look < 3; look += 1) await counted.look([[young, old]]);
  expect(asked).toEqual(['young', 'old']);
  tasksOf.young = 4; // the rows of three came late
  now += 10 * MINUTE;
  for (let look = 0; look < 3; look += 1) await counted.look([[young, old]]);
  expect(asked.splice(0)).toEqual(['young', 'old', 'young']);
  expect(said(counted, [young, old]).total).toMatchObject({
    jobs: 2,
    tasks: 5,
    renderSeconds: 300,
  });
  const again = stop('old', 0);
  await counted.look([[again, young]]);
  expect(asked).toEqual(['old']);
  expect(said(counted, [again, young])).toMatchObject({ stopped: 2, read: 2 });
  // Nobody asks for them anymore: they are let go.
  await counted.look([]);
  expect(counted.of([again, young]).counted).toEqual([]);
});

test('what costs more than a cent is read only if someone agrees, and shorter spans are not kept waiting', async () => {
  const counted = new CountedJobs(source);
  const [first, second, third] = [
    stop('first', 20),
    stop('large', 30, 500_000),
    stop('b', 40, 400_000),
  ];
  const week = [first, second, third];
  await counted.look([[first], week]);
  expect(asked).toEqual(['first']);
  const answer = said(counted, week);
  expect(answer).toMatchObject({ stopped: 3, read: 1, leftOut: 0, total: { jobs: 1 } });
  expect(answer.unread).toMatchObject({ jobs: 2, tasks: 900_000 });
  expect(answer.unread?.usd).toBeCloseTo(0.0144, 4);
  expect(counted.agree(week)).toBe(true);
  expect(counted.agree([first])).toBe(false);
  await counted.look([[first], week]);
  expect(asked).toEqual(['first', 'large', 'b']);
  expect(said(counted, week)).toMatchObject({ read: 3, unread: null });
});

test('jobs with more tasks than can be held are left out, also if their rows tell of fewer', async () => {
  const counted = new CountedJobs(source, { most: 10 });
  const jobs = [stop('a', 20, 4), stop('large', 30, 7), stop('liar', 40, 1), stop('b', 50, 2)];
  tasksOf = { a: 4, liar: 1_000, b: 2 };
  for (let look = 0; look < 3; look += 1) await counted.look([jobs]);
  expect(asked).toEqual(['a', 'liar', 'b']);
  expect(said(counted, jobs)).toMatchObject({ read: 2, leftOut: 2, unread: null });
  expect(said(counted, jobs).total).toMatchObject({ jobs: 2, tasks: 6 });
});

test('a long read goes on beside other looks, takes in what stops meanwhile, and tells of its failure', async () => {
  const counted = new CountedJobs(source, { wait: 1 });
  const { promise, resolve } = Promise.withResolvers<void>();
  gate = promise;
  const jobs = Array.from({ length: 9 }, (_, index) => stop(`job-${index}`, 20 + index));
  await counted.look([jobs]);
  expect(asked).toHaveLength(8);
  expect(said(counted, jobs)).toMatchObject({ stopped: 9, read: 0, unread: null });
  const more = [stop('new', 0), ...jobs];
  await counted.look([more]);
  resolve();
  await expect.poll(() => said(counted, more).read).toBe(10);
  expect(asked.toSorted()).toEqual(more.map(({ job }) => job).toSorted());
  expect(said(counted, more).total.jobs).toBe(10);

  const last = [stop('last', 0), ...more];
  const broken = Promise.withResolvers<void>();
  gate = broken.promise;
  await counted.look([last]);
  broken.reject(new Error('throttled'));
  await setImmediate();
  await expect(counted.look([last])).rejects.toThrow('throttled');
  await expect(counted.look([last])).rejects.toThrow('throttled');
  gate = Promise.resolve();
  await counted.look([last]);
  await expect.poll(() => said(counted, last).read).toBe(11);
});

test('a slow job keeps no other waiting that is asked for meanwhile', async () => {
  const counted = new CountedJobs(source, { wait: 1 });
  const { promise, resolve } = Promise.withResolvers<void>();
  gate = promise;
  const slow = stop('slow', 30);
  await counted.look([[slow]]);
  gate = Promise.resolve();
  const both = [stop('new', 20), slow];
  await counted.look([both]);
  await expect.poll(() => said(counted, both).read).toBe(1);
  expect(asked).toEqual(['slow', 'new']);
  resolve();
  await expect.poll(() => said(counted, both).read).toBe(2);
});

test.for([
  [40, [110], 50],
  [40, [], 50],
  [40, [20], null], // of a message that waited in the queue while the table was created
  [60, [110], null],
] as const)(
  'of a job that began at %j, with entries of %j minutes, the history in a table of 50 begins at %j',
  async ([began, times, begin]) => {
    const entries: CountedSource['entries'] = {
      async *ofJob(job) {
        for (const minutes of times) {
          const at = `${new Date(minutes * MINUTE).toISOString().slice(0, -1)}0000`;
          yield { job_id: job, at, transition: 'task-failed', task: 0 } as HistoryEntry;
        }
      },
      earliest: async () => 50 * MINUTE,
      kept: 0,
    };
    const counted = new CountedJobs({ ...source, entries, level: 'problems' });
    const jobs = [{ ...stop('a', 20), started: began * MINUTE }];
    await counted.look([jobs]);
    expect(said(counted, jobs).historySince).toBe(begin === null ? null : begin * MINUTE);
  },
);
