import fc from 'fast-check';
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { fitTable } from '../../../src/terminal/table.ts';

const ROW = { job: '5f15e68eb8274818a0570167', status: 'Failed', reason: 'It was set to Failed.' };
const format = (...call: Parameters<typeof fitTable>) => fitTable(...call).text;
const widthOf = (table: string) => Math.max(...table.split('\n').map((line) => stringWidth(line)));

test('without a terminal, a table is as wide as its contents', () => {
  expect(format([ROW], undefined, undefined).split('\n')[3]).toBe(
    '│ 5f15e68eb8274818a0570167 │ Failed │ It was set to Failed. │',
  );
});

test('a width of 0 is not known', () => {
  expect(fitTable([ROW], undefined, 0)).toEqual(fitTable([ROW], undefined, 1_000));
});

test('columns that have no room are left out, the last first, and no head is cut', () => {
  const row = {
    sent: 'x'.repeat(25),
    job: 'y'.repeat(24),
    'a long head of a column': 1,
    reason: '',
  };
  const { text, leftOut } = fitTable([row], undefined, 30);
  expect(widthOf(text)).toBeLessThanOrEqual(30);
  expect(text.split('\n')[1]).toMatch(/^│ sent +│ job +│$/);
  expect(leftOut).toEqual(['a long head of a column', 'reason']);
});

const names = fc
  .array(fc.constantFrom('東', 'ﾊ', 'é', '👍', '👩‍🚀', 'a', ' '), { minLength: 1, maxLength: 40 })
  .map((characters) => characters.join(''));

test('characters of any width are neither cut nor lost, and no line is wider than the terminal', () => {
  fc.assert(
    fc.property(names, fc.integer({ min: 40, max: 160 }), (name, width) => {
      const { text } = fitTable([{ job: ROW.job, name }], undefined, width);
      const lines = text.split('\n');
      for (const line of lines) expect(stringWidth(line)).toBe(stringWidth(lines[0] ?? ''));
      expect(widthOf(text)).toBeLessThanOrEqual(width);
      const cells = lines.slice(3, -1).map((line) => line.split('│')[2] ?? '');
      const shown = cells
        .map((cell) => cell.slice(1))
        .join('')
        .replaceAll(' ', '');
      expect(shown).toBe(name.replaceAll(' ', ''));
    }),
  );
});

test('on a narrow terminal, the last columns wrap, and nothing is lost', () => {
  const lines = format([ROW], undefined, 50).split('\n').slice(3, -1);
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
        const table = format(
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

test('colored text is wrapped, and each of its lines is colored', () => {
  const paint = (text: string) =>
    text.startsWith('Deleted') ? `\u001b[33m${text}\u001b[39m` : text;
  const table = format([{ job: 'j', status: 'Deleted (Active)' }], paint, 20);
  expect(table).toContain('│ \u001b[33mDeleted (A\u001b[39m │');
  expect(table).toContain('│ \u001b[33mctive)\u001b[39m     │');
});
