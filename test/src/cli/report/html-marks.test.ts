import { expect, test } from 'vitest';
import { ticks } from '../../../../src/cli/report/html-marks.ts';

test.for([
  [[], 41, ''],
  [[0], 160, 'M0 0h2v8h-2z'],
  [[159], 160, 'M158 0h2v8h-2z'],
  [[0, 1, 2, 80], 160, 'M0 0h4v8h-4zM80 0h2v8h-2z'],
  [[1], 2, 'M80 0h80v8h-80z'],
  // Tasks beyond the number of tasks have a place, too, and what is no number has none.
  [[319], 160, 'M158 0h2v8h-2z'],
  [['123456789012345678901234567890', -1], 41, ''],
] as const)('tasks %j of %d have ticks', ([failed, tasks, expected]) => {
  expect(ticks(failed, tasks)).toBe(expected);
});

test('a hundred thousand failed tasks are one tick', () => {
  const all = Array.from({ length: 100_000 }, (_, id) => id);
  expect(ticks(all, 100_000)).toBe('M0 0h160v8h-160z');
});
