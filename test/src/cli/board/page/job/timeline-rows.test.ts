import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  timelineRows,
  timelineSpan,
  timeTicks,
  worstRows,
} from '../../../../../../src/cli/board/page/job/timeline-rows.ts';
import type { TaskTry } from '../../../../../../src/cli/board/page/job/tries-of-tasks.ts';

const tryOn = (worker: string | null, outcome: TaskTry['outcome'], begin = 0): TaskTry => ({
  ...{ task: 0, worker, begin, end: outcome === 'rendering' ? null : begin + 1_000, outcome },
});

test('the worst worker first: failed, then requeued, then by name as people count', () => {
  const rows = timelineRows([
    tryOn('render-10', 'completed'),
    tryOn('render-9', 'completed'),
    tryOn('render-7', 'requeued'),
    tryOn('render-8', 'failed'),
    tryOn(null, 'failed'),
    tryOn('render-8', 'requeued'),
  ]);
  expect(rows.map(({ worker, failed, requeued }) => [worker, failed, requeued])).toEqual([
    ['render-8', 1, 1],
    ['no worker named', 1, 0],
    ['render-7', 0, 1],
    ['render-9', 0, 0],
    ['render-10', 0, 0],
  ]);
});

test('over 24 workers, the worst 12 and a sentence on the others', () => {
  const some = (count: number, failed: number) =>
    timelineRows(
      Array.from({ length: count }, (_, index) =>
        tryOn(`render-${index}`, index < failed ? 'failed' : 'completed'),
      ),
    );
  expect(worstRows(some(24, 3))).toMatchObject({ shown: { length: 24 }, more: '' });
  expect(worstRows(some(31, 3))).toMatchObject({
    ...{ shown: { length: 12 }, more: '19 more without failures' },
  });
  expect(worstRows(some(31, 14)).more).toBe('19 more, 2 of them with failures');
});

test('a span from the first begin until the last end, or until now if one renders', () => {
  const tries = [tryOn('a', 'completed', 5_000), tryOn('a', 'failed', 9_000)];
  expect(timelineSpan(tries, 60_000)).toEqual({ begin: 5_000, end: 10_000 });
  expect(timelineSpan([...tries, tryOn('a', 'rendering', 9_500)], 60_000)?.end).toBe(60_000);
  expect(timelineSpan([], 60_000)).toBeUndefined();
  expect(
    timelineSpan([{ ...tryOn('a', 'failed'), begin: null, end: null }], 60_000),
  ).toBeUndefined();
});

test('ticks are within the span, round where the reader is, and not more than fit', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 2e12 }),
      fc.integer({ min: 1_000, max: 1e11 }),
      fc.integer({ min: 2, max: 20 }),
      (begin, length, most) => {
        const end = begin + length;
        const ticks = timeTicks({ begin, end }, most, -5 * 3_600_000);
        expect(ticks.length).toBeLessThanOrEqual(most + 1);
        expect(ticks.every((tick) => tick >= begin && tick <= end)).toBe(true);
      },
    ),
  );
  const begin = Date.UTC(2026, 10, 24, 6, 22);
  const ticks = timeTicks({ begin, end: begin + 24 * 60_000 }, 6, -5 * 3_600_000);
  expect(ticks.map((tick) => new Date(tick).getUTCMinutes())).toEqual([25, 30, 35, 40, 45]);
});
