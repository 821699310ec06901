import { expect, test } from 'vitest';
import {
  hourCells,
  hoursPerCell,
  mostFailed,
} from '../../../../../../src/cli/board/page/workers/worker-hours.ts';

test('an hour is a cell, darker where more failed', () => {
  const cells = hourCells([0, 1, 3, 6], 1_000, 6);
  expect(cells.map(({ level }) => level)).toEqual([0, 1, 2, 4]);
  expect(cells[2]).toMatchObject({ begin: 7_201_000, failed: 3 });
});

test('a strip never has more than 24 cells, and each hour is in one', () => {
  expect([12, 24, 25, 72].map(hoursPerCell)).toEqual([1, 1, 2, 3]);
  const cells = hourCells(new Array(25).fill(1), 0, 4);
  expect(cells).toHaveLength(13);
  expect(cells.reduce((sum, { failed }) => sum + failed, 0)).toBe(25);
});

test('a single failure is not dark, even if no worker has more', () => {
  expect(mostFailed([{ failedByHour: [1, 0] }])).toBe(4);
  expect(mostFailed([{ failedByHour: [1, 0] }, { failedByHour: [9, 2] }])).toBe(9);
  expect(mostFailed([])).toBe(4);
});
