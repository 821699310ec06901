import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ticks } from '../../../../../src/cli/board/page/failure-strip.ts';

const WIDTH = 142;
const parse = (path: string) =>
  [...path.matchAll(/M([\d.-]+) 0h([\d.]+)/g)].map(
    ([, x, width]) => [Number(x), Number(width)] as const,
  );

test('each failed task has a tick within the rail, at its place, and at least 2 px wide', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.nat(9999), { minLength: 1, maxLength: 50 }),
      fc.integer({ min: 0, max: 10_000 }),
      (failed, tasks) => {
        const drawn = parse(ticks(failed, tasks, WIDTH));
        expect(drawn).toHaveLength(failed.length);
        const all = Math.max(tasks, Math.max(...failed) + 1);
        for (const [index, [x, width]] of drawn.entries()) {
          expect(width).toBeGreaterThanOrEqual(2);
          expect(x).toBeGreaterThanOrEqual(0);
          expect(x + width).toBeLessThanOrEqual(WIDTH + 0.2);
          expect(Math.abs(x - ((failed[index] ?? 0) / all) * WIDTH)).toBeLessThanOrEqual(2.2);
        }
      },
    ),
  );
});

test('the rail is empty if no task failed, if ids are not numbers, or if the size of the job is not known', () => {
  expect(ticks([], 10, WIDTH)).toBe('');
  expect(ticks([-1], 10, WIDTH)).toBe('');
  expect(ticks([3], null, WIDTH)).toBe('');
});
