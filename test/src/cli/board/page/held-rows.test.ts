import { expect, test } from 'vitest';
import { holdRows } from '../../../../../src/cli/board/page/held-rows.ts';

const row = (job: string, failed: number) => ({ job, failed });
const hold = (shown: ReturnType<typeof row>[], newest: ReturnType<typeof row>[]) =>
  holdRows(shown, newest, ({ job }) => job);

test('new rows wait, while those that are shown have their newest values in their places', () => {
  const { rows, waiting } = hold(
    [row('b', 1), row('a', 1)],
    [row('c', 9), row('a', 3), row('b', 1)],
  );
  expect(rows).toEqual([
    { row: row('b', 1), isGone: false },
    { row: row('a', 3), isGone: false },
  ]);
  expect(waiting).toBe(1);
});

test('a row that left the list stays, and says so', () => {
  const { rows, waiting } = hold([row('b', 1), row('a', 1)], [row('a', 1)]);
  expect(rows[0]).toEqual({ row: row('b', 1), isGone: true });
  expect(waiting).toBe(0);
});
