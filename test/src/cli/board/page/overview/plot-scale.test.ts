import { expect, test } from 'vitest';
import {
  hoursBelow,
  lineSide,
  peakLabels,
  roundBelow,
} from '../../../../../../src/cli/board/page/overview/plot-scale.ts';

test('the line of the plot is at a round number that the highest bar reaches', () => {
  expect([0, 1, 4, 9, 10, 113, 499, 500, 12_345].map(roundBelow)).toEqual([
    ...[0, 1, 2, 5, 10, 100, 200, 500, 10_000],
  ]);
});

const peaks = (failed: readonly number[], slot = 12) =>
  peakLabels(
    failed.map((failedTasks) => ({ failedTasks })),
    slot,
    20,
  ).map(({ index, count, side }) => `${count} ${side} of ${index}`);

test('a number stands where there is room for it, left before right', () => {
  expect(peaks([0, 12, 0, 0, 0, 0])).toEqual(['12 left of 1']);
  expect(peaks([0, 0, 3, 12, 0, 0])).toEqual(['12 right of 3', '3 left of 2']);
  expect(peaks([0, 0, 3, 12, 3, 0])).toEqual(['3 left of 2', '3 right of 4']);
  expect(peaks([0, 0, 0, 0, 1])).toEqual([]);
  expect(peaks([])).toEqual([]);
});

test('on a phone, a number covers more bars, and it is never cut off at the left', () => {
  expect(peaks([1, 0, 0, 12, 0, 0, 0, 0], 5)).toEqual(['12 right of 3']);
  expect(peaks([1, 0, 0, 12, 0, 0, 0, 1], 5)).toEqual([]);
  expect(peaks([120, 0, 0, 0], 12)).toEqual(['120 right of 0']);
});

test('the number of the line is at the end with lower bars, or at the right', () => {
  const side = (...counts: number[]) =>
    lineSide(
      counts.map((count) => ({ count })),
      100,
      6,
    );
  expect(side(0, 0, 0, 0, 0, 0, 0, 120)).toBe('left');
  expect(side(120, 0, 0, 0, 0, 0, 0, 120)).toBe('right');
  expect(side(0, 0, 0, 0, 120, 0, 0, 0, 0)).toBe('right');
});

test('hours are named at whole ones, and as many as fit', () => {
  const HOUR = 3_600_000;
  const until = new Date(2026, 10, 24, 7, 42).getTime();
  const since = until - 12 * HOUR;
  const named = (width: number) =>
    hoursBelow(since, until, width, 56).map((ms) => new Date(ms).getHours());
  expect(named(850)).toEqual([20, 21, 22, 23, 0, 1, 2, 3, 4, 5, 6, 7]);
  expect(named(350)).toEqual([20, 22, 0, 2, 4, 6]);
  expect(named(60)).toEqual([0]);
});
