import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  clampShown,
  densest,
  firstShown,
  shareColumns,
  tasksPerColumn,
} from '../../../../../../src/cli/board/page/job/failed-share.ts';

test('the whole job is always in one line', () => {
  expect(tasksPerColumn(10_000, 1400)).toBe(25);
  expect(tasksPerColumn(601, 1400)).toBe(5);
  for (const count of [601, 10_000, 1_000_000, 1e9]) {
    expect(count / tasksPerColumn(count, 358)).toBeLessThanOrEqual(358 / 3);
  }
});

test('each task is in one column', () => {
  const columns = shareColumns(
    [...(['failed', 'failed', 'rendering', 'completed', 'none'] as const)],
    2,
  );
  expect(columns).toEqual([
    { failed: 2, rendering: 0, seen: 2 },
    { failed: 0, rendering: 1, seen: 2 },
    { failed: 0, rendering: 0, seen: 0 },
  ]);
});

test('the densest place has the most tasks of all places', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.nat(300), { minLength: 1 }),
      fc.integer({ min: 1, max: 50 }),
      (ids, span) => {
        const tasks = ids.toSorted((a, b) => a - b);
        const most = Math.max(
          ...tasks.map((from) => tasks.filter((id) => id >= from && id < from + span).length),
        );
        const found = densest(tasks, span);
        expect(found?.count).toBe(most);
        expect((found?.last ?? 0) - (found?.first ?? 0)).toBeLessThan(span);
      },
    ),
  );
});

test('the cells that are shown have the selected task, or the worst place, or the beginning', () => {
  expect(firstShown(10_000, [5, 4_100, 4_120], 7_000)).toBe(6_980);
  expect(firstShown(10_000, [5, 4_100, 4_120], null)).toBe(4_090);
  expect(firstShown(10_000, [], null)).toBe(0);
  expect(firstShown(10_000, [], 9_999)).toBe(9_959);
  expect([-3, 9_999].map((first) => clampShown(10_000, first))).toEqual([0, 9_959]);
});
