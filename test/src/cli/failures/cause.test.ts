import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jobSummary, taskSummary } from '../../../../src/cli/aws/row-summary.ts';
import { type Cause, groupByCause, verdict } from '../../../../src/cli/failures/cause.ts';
import type { FailedTask } from '../../../../src/cli/failures/failed-task.ts';
import { jobsCell, workersCell } from '../../../../src/cli/failures/tally-cells.ts';
import { tally } from '../../../../src/shared/tally.ts';

/** A failed task of a job on a worker; the job has a row unless its name is empty. */
function failed(job: string, worker: string, reason = '', name = `shot ${job}`): FailedTask {
  const task = taskSummary({
    job_id: job,
    task_id: 0,
    task_details: { WorkerName: worker },
    notification_info: { StopReason: reason },
  });
  const details = { JobName: name, UserName: `user of ${job}`, PluginName: 'Nuke' };
  return { task, job: name ? jobSummary({ job_id: job, job_details: details }) : undefined };
}

const spread = (job: string, workers: readonly string[]) =>
  workers.map((each) => failed(job, each));

test.for([
  [
    [...spread('a', ['bad', 'bad']), ...spread('b', ['bad', 'w1']), ...spread('c', ['w2'])],
    'bad has 3 of 5: look at the machine.',
  ],
  [
    [...spread('a', ['w1', 'w2', 'w3']), ...spread('b', ['w4'])],
    'shot a has 3 of 4, on 3 workers: look at the scene.',
  ],
  [spread('a', ['w1', 'w1', 'w1']), 'w1 has 3 of 3, all of shot a: look at both.'],
  [
    [...spread('a', ['w1']), ...spread('b', ['w1']), ...spread('c', ['w2'])],
    'No worker stands out: the worst has 2 of 3.',
  ],
  [
    [...spread('a', ['w1', 'w2']), ...spread('b', ['w3', 'w4']), ...spread('c', ['w4', 'w5'])],
    'No worker stands out: the worst has 2 of 6.',
  ],
  [
    [
      ...spread('a', ['w1', 'w2', 'w3']),
      ...spread('b', ['w3', 'w4', 'w5']),
      ...spread('c', ['w6']),
    ],
    '2 jobs have 6 of 7, each on 3 or more workers: look at the scenes.',
  ],
  [spread('a', ['', '']), 'No worker is known.'],
] as const)('of %#, the verdict on machine and scene', ([tasks, sentence]) => {
  expect(verdict(tasks, 'worker')).toBe(sentence);
});

test('other causes stand out or do not; a job without a row has none', () => {
  const tasks = [...spread('a', ['1', '2', '3']), failed('b', '4', '', '')];
  expect(verdict(tasks, 'user')).toBe('user of a has 3 of 4.');
  expect(verdict(tasks, 'plugin')).toBe('Nuke has 3 of 4.');
  expect(verdict(tasks, 'reason')).toBe('No task has a reason of its own.');
  expect(groupByCause(tasks, 'user').map(({ key, failed: count }) => [key, count])).toEqual([
    ['user of a', 3],
    [undefined, 1],
  ]);
});

test('reasons are the same but for the ids in them, and stock reasons are none', () => {
  const id = '6b067e72f6ac6ffc9125246d';
  const tasks = [
    failed('a', 'w', `Slave killed ${id}_4 (out of memory)`),
    failed('a', 'w', `Slave killed ${id.replace('6', '7')}_5 (out of memory)`),
    failed('a', 'w', `The Task '${id}_40' was set to Failed.`),
  ];
  expect(groupByCause(tasks, 'reason').map(({ key, failed: count }) => [key, count])).toEqual([
    ['Slave killed … (out of memory)', 2],
    [undefined, 1],
  ]);
});

test('every failed task is in one group, and shares add up', () => {
  const name = fc.constantFrom('a', 'b', 'c', '');
  const task = fc.tuple(name, name, name, name).map(([job, ...more]) => failed(`j${job}`, ...more));
  const cause = fc.constantFrom<Cause>('worker', 'user', 'plugin', 'reason');
  fc.assert(
    fc.property(fc.array(task, { minLength: 1 }), cause, (tasks, by) => {
      const groups = groupByCause(tasks, by);
      const sum = (numbers: number[]) => numbers.reduce((total, each) => total + each, 0);
      expect(sum(groups.map((group) => group.failed))).toBe(tasks.length);
      expect(sum(groups.map(({ share }) => share))).toBeCloseTo(1);
      for (const { failed: count, jobs } of groups) {
        expect(sum(jobs.map((job) => job.failed))).toBe(count);
      }
      const counts = groups.map((group) => group.failed);
      expect(counts).toEqual(counts.toSorted((a, b) => b - a));
    }),
  );
});

test.for([
  [
    ['a', 'a', 'b', 'c'],
    ['a ×2, 2 others, one each', 'a ×2, 2 others', 'a ×2, 2 more', 'a ×2'],
  ],
  [
    ['a', 'a', 'b', 'b', 'c'],
    ['3 workers, up to 2 each', '3 workers'],
  ],
  [
    ['a', 'a', 'b', 'b'],
    ['2 workers, 2 each', '2 workers'],
  ],
  [
    ['a', 'b'],
    ['2 workers, one task each', '2 workers, one each', '2 workers'],
  ],
  [
    ['a', 'a', 'b'],
    ['a ×2, b', 'a ×2, 1 other', 'a ×2, 1 more', 'a ×2'],
  ],
  [['a', 'a'], 'a ×2'],
  [['a'], 'a'],
  [[], '–'],
] as const)('workers %j are %j', ([names, cell]) => {
  expect(workersCell(tally(names))).toEqual(cell);
});

test('jobs in few words', () => {
  expect(jobsCell(tally(['x', 'x', 'y']))).toEqual(['x ×2, 1 other', 'x ×2, 1 more', 'x ×2']);
  expect(jobsCell(tally(['x', 'x']))).toBe('x ×2');
});
