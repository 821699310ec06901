import { expect, test } from 'vitest';
import { gather } from '../../../../src/alerts/gather/gather.ts';
import type { JobMessage } from '../../../../src/alerts/message/alert-message.ts';
import type { Transition } from '../../../../src/shared/history-entry.ts';
import {
  alertThat,
  jobThat,
  NOW,
  rowOf,
  tablesWith,
  taskThat,
} from '../../../support/alert-batches.ts';

const JOB = '6b067e72f6ac6ffc9125246d';
const ALL = {
  when: [
    'job-failed',
    'job-suspended',
    'job-completed',
    'job-deleted',
    'task-failed',
    'task-requeued',
    'task-stopped',
  ],
};

async function messageOf(
  batch: readonly Transition[],
  entries: readonly Transition[] = [],
  alert: object = ALL,
) {
  const { lookups } = tablesWith([], entries);
  const messages = await gather(batch, [alertThat(alert)], lookups, NOW);
  expect(messages).toHaveLength(1);
  return messages[0] as JobMessage;
}

/** A failed task of two frames: 1 has 1001-1002. */
const failed = (task: number, worker: string, seconds = 120) =>
  taskThat('task-failed', JOB, task, seconds, {
    worker,
    frames: `${999 + 2 * task}-${1_000 + 2 * task}`,
  });

test("a job's own failure is the message: with its failed tasks' frames and workers, from the history", async () => {
  const stop = jobThat('job-failed', JOB, 60, { started: '2026-11-25T20:33:25.000Z' });
  const message = await messageOf(
    [failed(3, 'render-035'), stop],
    [failed(1, 'render-035', 900), failed(2, 'render-007', 600), failed(3, 'render-035')],
  );
  expect(message).toMatchObject({
    kind: 'job',
    transition: 'job-failed',
    job: { id: JOB, name: 'sq040_sh0310_cache_v003', user: 'fx-3', tasks: 41, from: 'this stop' },
    count: 3,
    also: new Map(),
    frames: '1001-1006',
    workers: [
      ['render-035', 2],
      ['render-007', 1],
    ],
    reason: '',
    errors: 12,
    ran: 25 * 60_000 + 35_000,
  });
  expect(message.transitions.map(({ transition }) => transition)).toEqual([
    'task-failed',
    'job-failed',
  ]);
});

test('a task that was requeued, or that goes on, does not count as failed; one that failed again does', async () => {
  const { count, frames, also } = await messageOf(
    [
      jobThat('job-failed', JOB, 10),
      taskThat('task-requeued', JOB, 2, 20),
      failed(4, 'render-035', 15),
    ],
    [
      failed(1, 'render-035', 900),
      taskThat('task-started', JOB, 1, 800),
      failed(2, 'render-035', 700),
      failed(3, 'render-035', 650),
      taskThat('task-requeued', JOB, 3, 640),
      failed(3, 'render-007', 600),
      failed(4, 'render-007', 590),
      taskThat('task-requeued', JOB, 4, 580),
    ],
  );
  expect({ count, frames }).toEqual({ count: 2, frames: '1005-1008' });
  expect(also).toEqual(new Map([['task-requeued', 1]]));
});

test('the history may be read before the batch is in it, or after more came', async () => {
  const batch = [failed(1, 'render-035'), failed(2, 'render-035'), jobThat('job-failed', JOB)];
  expect(await messageOf(batch, [failed(9, 'render-001', 900)])).toMatchObject({ count: 3 });
  expect(await messageOf(batch, [...batch, taskThat('task-requeued', JOB, 2, 5)])).toMatchObject({
    count: 1,
    frames: '1001-1002',
  });
});

test('a job that was suspended has the tasks that failed before, and those that were suspended with it', async () => {
  const message = await messageOf(
    [taskThat('task-suspended', JOB, 5), jobThat('job-suspended', JOB)],
    [failed(1, 'render-035', 900)],
    { when: ['job-suspended', 'task-suspended'] },
  );
  expect(message).toMatchObject({ transition: 'job-suspended', count: 1, frames: '1001-1002' });
  expect(message.also).toEqual(new Map([['task-suspended', 1]]));
});

test.for(['job-failed', 'job-suspended'] as const)(
  'without entries of before, it is not known how many tasks failed before %s',
  async (transition) => {
    expect(await messageOf([jobThat(transition, JOB)])).toMatchObject({
      transition,
      count: undefined,
      frames: '',
      workers: [],
    });
  },
);

test('a history that is too long to read leaves unknown what it would tell, and tells what came', async () => {
  const lookups = { ...tablesWith().lookups, lastOfTasks: async () => undefined };
  const batch = [failed(1, 'render-035'), jobThat('job-failed', JOB)];
  const [message] = await gather(batch, [alertThat(ALL)], lookups, NOW);
  expect(message).toMatchObject({
    count: undefined,
    frames: '',
    also: new Map([['task-failed', 1]]),
  });
});

test('a job that completed has no failed task; those that failed on the way are told', async () => {
  const message = await messageOf([
    failed(1, 'render-035'),
    taskThat('task-requeued', JOB, 1, 110),
    jobThat('job-completed', JOB, 60, {
      started: '2026-11-25T20:40:00.000Z',
      completed: '2026-11-25T20:58:59.000Z',
    }),
  ]);
  expect(message).toMatchObject({ transition: 'job-completed', count: 0, frames: '', workers: [] });
  expect(message.ran).toBe(18 * 60_000 + 59_000);
  expect([...message.also]).toEqual([
    ['task-failed', 1],
    ['task-requeued', 1],
  ]);
});

test('of a deleted job, it is not known how many tasks failed', async () => {
  const message = await messageOf([jobThat('job-deleted', JOB)], [failed(1, 'render-035')]);
  expect(message).toMatchObject({ transition: 'job-deleted', count: undefined });
});

test('of several stops, the last is the message', async () => {
  const stops = [jobThat('job-completed', JOB, 5), jobThat('job-failed', JOB, 60)];
  const message = await messageOf(stops);
  expect(message.transition).toBe('job-completed');
  expect(message.transitions).toHaveLength(2);
});

test('tasks without a stop of their job are counted once each, the worst transition first', async () => {
  const message = await messageOf([
    failed(1, 'render-034', 90),
    taskThat('task-requeued', JOB, 1, 80),
    failed(1, 'render-007', 70),
    failed(2, 'render-034', 60),
    taskThat('task-requeued', JOB, 5, 50),
    taskThat('task-stopped', JOB, 6, 40, { status: 'Unheard' }),
  ]);
  expect(message).toMatchObject({
    transition: 'task-failed',
    job: { id: JOB, name: undefined, from: 'nowhere' },
    count: 2,
    frames: '1001-1004',
    errors: undefined,
    ran: undefined,
    begin: NOW - 90_000,
    end: NOW - 40_000,
  });
  expect([...message.also]).toEqual([
    ['task-requeued', 2],
    ['task-stopped', 1],
  ]);
  expect(message.workers).toEqual([
    ['render-007', 1],
    ['render-034', 1],
  ]);
});

test('requeues alone are the message', async () => {
  const requeues = [1, 2, 2, 3].map((task, index) =>
    taskThat('task-requeued', JOB, task, 60 - index),
  );
  expect(await messageOf(requeues)).toMatchObject({ transition: 'task-requeued', count: 3 });
});

test('a name is from the stop that came with the batch, told or not, or from the row', async () => {
  const onlyTasks = { when: ['task-failed'] };
  const withStop = await messageOf([failed(1, 'a'), jobThat('job-failed', JOB)], [], onlyTasks);
  expect(withStop).toMatchObject({
    transition: 'task-failed',
    count: 1,
    job: { from: 'this stop' },
  });
  const row = rowOf(JOB);
  const { lookups } = tablesWith([row]);
  const [message] = await gather([failed(1, 'a')], [alertThat()], lookups, NOW);
  expect(message).toMatchObject({ job: row });
});

test('workers without a name are not known; if none has one, there are none', async () => {
  const without = (task: number) => taskThat('task-failed', JOB, task, 60, { worker: null });
  const { workers } = await messageOf([without(1), without(2), failed(3, 'render-034')]);
  expect(workers).toEqual([
    ['not known', 2],
    ['render-034', 1],
  ]);
  expect((await messageOf([without(1)])).workers).toEqual([]);
});

test.for([
  ['a reason of its own', ['Too many errors', 'Task was killed'], 'Too many errors'],
  [
    'a stock reason',
    ['Job has failed', 'Out of licenses', 'Crashed', 'Out of licenses'],
    'Out of licenses',
  ],
  ['stock reasons alone', ['Job was failed.', `The Task '${JOB}_1' was set to Failed.`], ''],
  ['none', [null, null], ''],
] as const)('of %s, the reason is what tells', async ([, [ofJob = null, ...ofTasks], reason]) => {
  const tasks = ofTasks.map((each, task) =>
    taskThat('task-failed', JOB, task, 90, { reason: each }),
  );
  const stop = jobThat('job-failed', JOB, 60, { reason: ofJob });
  expect((await messageOf([...tasks, stop])).reason).toBe(reason);
});

test('a job that stopped before it started by its times did not run for less than nothing', async () => {
  const stop = jobThat('job-failed', JOB, 60, { started: '2026-11-25T23:00:00.000Z' });
  expect((await messageOf([stop])).ran).toBeUndefined();
});
