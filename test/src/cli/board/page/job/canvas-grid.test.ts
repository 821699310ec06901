import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  canvasGrid,
  cellBox,
  rangeBoxes,
  taskAt,
} from '../../../../../../src/cli/board/page/job/canvas-grid.ts';

const GRIDS = fc
  .record({
    count: fc.integer({ min: 1, max: 300_000 }),
    width: fc.integer({ min: 10, max: 3000 }),
  })
  .map(({ count, width }) => canvasGrid(count, width));
const GRIDS_WITH_TASK = GRIDS.chain((grid) =>
  fc.record({ grid: fc.constant(grid), task: fc.nat(grid.count - 1) }),
);

test('ten thousand tasks at the width of the picture', () => {
  expect(canvasGrid(10_000, 1344)).toMatchObject({ columns: 192, rows: 53, height: 212 });
});

test('the task under each pixel of a cell, and of the gap after it, is its own', () => {
  fc.assert(
    fc.property(GRIDS_WITH_TASK, ({ grid, task }) => {
      const { x, y, width, height } = cellBox(grid, task);
      expect(taskAt(grid, x, y)).toBe(task);
      expect(taskAt(grid, x + width, y + height)).toBe(task);
      expect(x + width).toBeLessThanOrEqual(Math.max(grid.width, width));
      expect(y + height).toBeLessThanOrEqual(grid.height);
    }),
  );
});

test('a point outside is the nearest task', () => {
  const grid = canvasGrid(10_000, 1344);
  expect([taskAt(grid, -5, -5), taskAt(grid, 5_000, 0), taskAt(grid, 5_000, 5_000)]).toEqual([
    ...[0, 191, 9_999],
  ]);
});

test('the boxes of a range cover its cells, and no others', () => {
  fc.assert(
    fc.property(GRIDS_WITH_TASK, fc.nat(100), ({ grid, task: first }, more) => {
      const last = Math.min(first + more, grid.count - 1);
      const boxes = rangeBoxes(grid, first, last);
      const tasks = boxes.flatMap((box) => {
        const [from, to] = [taskAt(grid, box.x, box.y), taskAt(grid, box.x + box.width, box.y)];
        return Array.from({ length: to - from + 1 }, (_, index) => from + index);
      });
      expect(tasks).toEqual(Array.from({ length: last - first + 1 }, (_, index) => first + index));
    }),
  );
});

test('no canvas is higher than a browser draws', () => {
  for (const count of [10_000, 40_000, 200_000, 1_000_000]) {
    expect(canvasGrid(count, 1344).height).toBeLessThan(4_000);
  }
});
