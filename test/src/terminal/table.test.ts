import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatTable } from '../../../src/terminal/table.ts';

const ROW = { job: '5f15e68eb8274818a0570167', status: 'Failed', reason: 'It was set to Failed.' };
const widthOf = (table: string) => Math.max(...table.split('\n').map(({ length }) => length));

test('without a terminal, a table is as wide as its contents', () => {
  expect(formatTable([ROW], undefined, undefined).split('\n')[3]).toBe(
    '│ 5f15e68eb8274818a0570167 │ Failed │ It was set to Failed. │',
  );
});

test('on a narrow terminal, the last columns wrap, and nothing is lost', () => {
  const lines = formatTable([ROW], undefined, 50).split('\n').slice(3, -1);
  expect(lines).toEqual([
    '│ 5f15e68eb8274818a0570167 │ Failed │ It was set │',
    '│                          │        │  to Failed │',
    '│                          │        │ .          │',
  ]);
});

test('a table fits if all columns can have ten characters, and no text is cut', () => {
  const cell = fc.stringMatching(/^[a-z]{1,40}$/);
  fc.assert(
    fc.property(
      fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 5 }),
      fc.integer({ min: 40, max: 130 }),
      (rows, width) => {
        const table = formatTable(
          rows.map(([a, b, c]) => ({ a, b, c })),
          undefined,
          width,
        );
        expect(widthOf(table)).toBeLessThanOrEqual(width);
        const columns = [0, 1, 2].map((column) =>
          table
            .split('\n')
            .filter((line) => line.startsWith('│'))
            .map((line) => line.split('│')[column + 1]?.trim())
            .join(''),
        );
        expect(columns).toEqual(
          (['a', 'b', 'c'] as const).map(
            (name, column) => name + rows.map((row) => row[column]).join(''),
          ),
        );
      },
    ),
  );
});

test('colored text is not wrapped', () => {
  const paint = (text: string) => (text === 'Failed' ? `\u001b[31m${text}\u001b[39m` : text);
  expect(formatTable([ROW], paint, 40)).toContain('│ \u001b[31mFailed\u001b[39m │');
});
