import fc from 'fast-check';
import { expect, test } from 'vitest';
import { taskTries } from '../../../../../../src/cli/board/page/job/tries-of-tasks.ts';
import { taskOf, transitionAt } from './job-samples.ts';

const HISTORY = [
  transitionAt(60, 'task-failed', 13, 'render-036'),
  transitionAt(40, 'task-started', 13, 'render-036'),
  transitionAt(30, 'task-requeued', 13, 'render-010'),
  transitionAt(10, 'task-started', 13, 'render-010'),
  transitionAt(70, 'job-failed', null, null),
];
const EARLIER = {
  ...{ task: 13, worker: 'render-010', begin: 10_000, end: 30_000, outcome: 'requeued' },
};
const LAST = { task: 13, worker: 'render-036', begin: 40_000, end: 60_000, outcome: 'failed' };

test('the tries of a task, each with its worker, in whatever order its transitions are', () => {
  const row = taskOf(13, {
    status: 'Failed',
    worker: 'render-036',
    started: 40_000,
    stopped: 60_000,
  });
  expect(taskTries([row], HISTORY)).toEqual([EARLIER, LAST]);
  expect(taskTries([row], HISTORY.toReversed())).toEqual([EARLIER, LAST]);
});

test('a row whose times differ by a second from the transition is the same try', () => {
  const row = taskOf(13, {
    status: 'Failed',
    worker: 'render-036',
    started: 40_900,
    stopped: 60_900,
  });
  expect(taskTries([row], HISTORY)).toHaveLength(2);
});

test('without the history, a task has its last try', () => {
  const row = taskOf(13, { status: 'Failed', worker: 'render-036', stopped: 60_000, ran: 20_000 });
  expect(taskTries([row], [])).toEqual([LAST]);
});

test('a row that knows no time of its start has it from the history', () => {
  const row = taskOf(13, { status: 'Failed', worker: 'render-036', stopped: 60_000 });
  expect(taskTries([row], HISTORY)).toEqual([EARLIER, LAST]);
});

test('a task that was requeued twice, and waits', () => {
  const history = [
    transitionAt(10, 'task-started', 0),
    transitionAt(20, 'task-requeued', 0),
    transitionAt(30, 'task-started', 0),
    transitionAt(50, 'task-requeued', 0),
  ];
  const row = taskOf(0, { status: 'Queued', started: 30_000, stopped: 50_000 });
  expect(taskTries([row], history).map(({ begin, end, outcome }) => [begin, end, outcome])).toEqual(
    [
      [10_000, 20_000, 'requeued'],
      [30_000, 50_000, 'requeued'],
    ],
  );
});

test('a task that renders has no end', () => {
  const row = taskOf(0, { status: 'Rendering', started: 10_000 });
  expect(taskTries([row], [transitionAt(10, 'task-started', 0)])).toEqual([
    { task: 0, worker: 'render-001', begin: 10_000, end: null, outcome: 'rendering' },
  ]);
});

test('the history of problems alone knows when a try ended, not when it began', () => {
  const row = taskOf(0, { started: 40_000, stopped: 60_000 });
  expect(taskTries([row], [transitionAt(30, 'task-requeued', 0, 'render-002')])[0]).toEqual({
    ...{ task: 0, worker: 'render-002', begin: null, end: 30_000, outcome: 'requeued' },
  });
});

test('a try whose stop never came has ended when the next begins', () => {
  const history = [
    transitionAt(10, 'task-started', 0, 'render-001'),
    transitionAt(20, 'task-started', 0, 'render-002'),
  ];
  const row = taskOf(0, { status: 'Rendering', worker: 'render-002', started: 20_000 });
  expect(taskTries([row], history).map(({ worker, outcome }) => [worker, outcome])).toEqual([
    ['render-001', 'other'],
    ['render-002', 'rendering'],
  ]);
});

test('a stop from another worker is no end of the try that began last', () => {
  const history = [
    transitionAt(10, 'task-started', 0, 'render-001'),
    transitionAt(20, 'task-failed', 0, 'render-002'),
  ];
  expect(taskTries([], history).map(({ worker, begin }) => [worker, begin])).toEqual([
    ['render-001', 10_000],
    ['render-002', null],
  ]);
});

const OUTCOMES = ['completed', 'failed', 'requeued', 'suspended'] as const;
const STATUSES = {
  ...{ completed: 'Completed', failed: 'Failed', requeued: 'Queued', suspended: 'Suspended' },
};

test('as many tries as stops, whatever became of them, with rows or without', () => {
  const ends = fc.array(fc.constantFrom(...OUTCOMES), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(
      fc.array(ends, { maxLength: 4 }),
      fc.integer({ max: 1_500, min: -1_500 }),
      (jobs, apart) => {
        const transitions = jobs.flatMap((outcomes, task) =>
          outcomes.flatMap((outcome, index) => [
            transitionAt(100 * index + 10, 'task-started', task, `render-${index}`),
            transitionAt(100 * index + 90, `task-${outcome}`, task, `render-${index}`),
          ]),
        );
        const rows = jobs.map((outcomes, task) => {
          const last = 100_000 * (outcomes.length - 1);
          return taskOf(task, {
            ...{
              status: STATUSES[outcomes.at(-1) ?? 'failed'],
              worker: `render-${outcomes.length - 1}`,
            },
            ...{ started: last + 10_000 + apart, stopped: last + 90_000 + apart },
          });
        });
        for (const known of [rows, []]) {
          const tries = taskTries(known, transitions.toReversed());
          const told = jobs.map((_, id) =>
            tries.filter(({ task }) => task === id).map(({ outcome }) => outcome),
          );
          expect(told).toEqual(jobs);
          expect(
            tries.every(({ begin, end }) => end !== null && begin !== null && end > begin),
          ).toBe(true);
        }
      },
    ),
  );
});
