import { expect, test } from 'vitest';
import {
  cellLayout,
  firstFrames,
  nextFailed,
  taskCells,
} from '../../../../../../src/cli/board/page/job/task-cells.ts';
import { taskOf } from './job-samples.ts';

test('as many tasks as fit a row, a few rows, or a canvas', () => {
  expect([0, 120, 121, 600, 601].map(cellLayout)).toEqual([
    ...['wide', 'wide', 'small', 'small', 'stages'],
  ]);
});

test('a task has its place by its id, and nothing came of the others', () => {
  const cells = taskCells([taskOf(2, { status: 'Failed' }), taskOf(0)], 4);
  expect(cells.statuses).toEqual(['completed', 'none', 'failed', 'none']);
  expect(cells.failed).toEqual([2]);
  expect(cells.counts.get('none')).toBe(2);
});

test.for([
  ['Queued', 'requeued'],
  ['Rendering', 'rendering'],
  ['Suspended', 'suspended'],
  ['Pending', 'other'],
  ['constructor', 'other'],
  ['', 'other'],
  [null, 'other'],
] as const)('a task with the status %s', ([status, shown]) => {
  expect(taskCells([taskOf(0, { status })], 1).statuses).toEqual([shown]);
});

test('tasks were added to the job since it stopped', () => {
  expect(taskCells([taskOf(5)], 3).statuses).toHaveLength(6);
});

test('a job that never stopped has the tasks of which something came', () => {
  expect(taskCells([taskOf(1)], null).statuses).toEqual(['none', 'completed']);
  expect(taskCells([], null).statuses).toEqual([]);
});

test('an id that is no place is kept apart', () => {
  const odd = ['post', -1, 1.5, 1e15].map((id) => taskOf(id));
  const cells = taskCells([...odd, taskOf(0)], 1);
  expect(cells.statuses).toEqual(['completed']);
  expect(cells.others).toEqual(odd);
});

test('a total that is no number of tasks draws no endless strip', () => {
  expect(taskCells([], -4).statuses).toEqual([]);
  expect(taskCells([], 1e12).statuses).toHaveLength(1_000_000);
});

test('the next and the previous failed task, around the ends', () => {
  const failed = [3, 7, 9];
  expect([null, 3, 5, 9].map((from) => nextFailed(failed, from, 1))).toEqual([3, 7, 7, 3]);
  expect([null, 3, 5, 9].map((from) => nextFailed(failed, from, -1))).toEqual([9, 9, 3, 7]);
  expect(nextFailed([], 3, 1)).toBeUndefined();
});

test('frames of tasks that never started follow from the even step of the others', () => {
  const first = firstFrames(
    taskCells([taskOf(0, { frames: '1001-1002' }), taskOf(3, { frames: '1007-1008' })], 9),
  );
  expect([0, 1, 8].map(first)).toEqual([1001, 1003, 1017]);
});

test('frames without an even step are only those that came', () => {
  const frames = ['1', '2', '9'];
  const first = firstFrames(
    taskCells(
      frames.map((each, id) => taskOf(id, { frames: each })),
      4,
    ),
  );
  expect([0, 1, 2, 3].map(first)).toEqual([1, 2, 9, undefined]);
});
