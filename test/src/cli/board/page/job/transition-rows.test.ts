import { expect, test } from 'vitest';
import {
  newestFirst,
  rowsOfTasks,
  transitionRow,
} from '../../../../../../src/cli/board/page/job/transition-rows.ts';
import { taskOf, transitionAt } from './job-samples.ts';

test('what came by the feed and what was asked for is there once, newest first', () => {
  const [one, two, three] = [1, 2, 3].map((second) => transitionAt(second, 'task-started', second));
  if (!one || !two || !three) throw new Error();
  expect(newestFirst([two, one], [three, two]).map(({ task }) => task)).toEqual([3, 2, 1]);
});

test('a stop tells its errors, or else how long it ran', () => {
  const tries = [
    { ...{ task: 3, worker: 'a', begin: 10_000, end: 75_900, outcome: 'failed' as const } },
  ];
  const failed = transitionAt(75, 'task-failed', 3, 'a');
  expect(transitionRow(failed, tries)).toMatchObject({
    ...{ task: '3', mark: 'failed', word: 'Failed', worker: 'a', end: '1:06' },
  });
  expect(transitionRow({ ...failed, errors: 2 }, tries).end).toBe('2 err');
  expect(
    transitionRow({ ...failed, errors: 1, task: null, transition: 'job-failed' }, []),
  ).toMatchObject({
    ...{ task: null, word: 'Job failed', end: '1 error' },
  });
});

test('a status that has no transition is told in its own word', () => {
  const row = transitionRow({ ...transitionAt(1, 'task-stopped', 3), status: 'Pending' }, []);
  expect(row).toMatchObject({ mark: 'none', word: 'Pending' });
});

test('without the history, the newest of each task', () => {
  const rows = rowsOfTasks([
    taskOf(0, { started: 1_000, stopped: 5_000, ran: 4_000 }),
    taskOf(1, { status: 'Rendering', started: 9_000 }),
    taskOf(2, { status: 'Failed', stopped: 7_000, errors: 3, frames: '7-7' }),
    taskOf(3),
  ]);
  expect(rows.map(({ task, word, frames, end }) => [task, word, frames, end])).toEqual([
    ['1', 'Rendering', '', ''],
    ['2', 'Failed', '7', '3 err'],
    ['0', 'Completed', '', '0:04'],
  ]);
});
