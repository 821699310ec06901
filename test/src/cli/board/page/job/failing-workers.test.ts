import { expect, test } from 'vitest';
import {
  concentration,
  failingWorkers,
} from '../../../../../../src/cli/board/page/job/failing-workers.ts';
import { taskOf } from './job-samples.ts';

test('the workers on which tasks failed, the most first', () => {
  const tasks = ['b', 'a', null, 'b'].map((worker, id) => taskOf(id, { status: 'Failed', worker }));
  expect(failingWorkers([...tasks, taskOf(9)], null)).toEqual([
    { worker: 'b', failed: 2, requeued: null },
    { worker: 'a', failed: 1, requeued: null },
    { worker: 'no worker named', failed: 1, requeued: null },
  ]);
});

test('with the history also those that only gave tasks up, after the others', () => {
  const tasks = ['b', 'a', 'b'].map((worker, id) => taskOf(id, { status: 'Failed', worker }));
  const requeues = [
    ['c', 9],
    ['a', 2],
    ['d', 1],
  ] as const;
  expect(
    failingWorkers(tasks, requeues).map(({ worker, failed, requeued }) => [
      ...[worker, failed, requeued],
    ]),
  ).toEqual([
    ['b', 2, 0],
    ['a', 1, 2],
    ['c', 0, 9],
    ['d', 0, 1],
  ]);
});

const failing = (...counts: number[]) =>
  counts.map((failed, index) => ({ worker: `render-${index}`, failed, requeued: null }));

test('a few machines have most failures, or it is not the machines', () => {
  expect(concentration(failing(96, 61, 33, 14, 10, 9), 31)).toBe('4 of 31 workers have 91 %');
  expect(concentration(failing(50), 31)).toBe('1 of 31 workers has 100 %');
  expect(concentration(failing(1, 1, 1, 1, 1), 6)).toBe('6 workers');
  expect(concentration(failing(7), 1)).toBe('1 worker');
});
