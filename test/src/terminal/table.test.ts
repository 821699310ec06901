import fc from 'fast-check';
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { type Column, layOut } from '../../../src/terminal/table.ts';

type Row = Readonly<Record<string, string>>;

const column = (name: string, more: Partial<Column<Row>> = {}): Column<Row> => ({
  name,
  value: (row) => row[name],
  ...more,
});
const COLUMNS = [
  column('time'),
  column('job', { elide: 'middle', width: [16, 27] }),
  column('user', { elide: 'end', width: [6, 16] }),
  column('errors', { align: 'right' }),
  column('frames', { elide: 'ranges', width: [9, 27] }),
];
const choice = { columns: COLUMNS, always: ['time', 'job'], further: ['errors', 'user', 'frames'] };
const ROW = {
  time: '01:47',
  job: 'sq040_sh0310_turntable_and_more_v003',
  user: 'lighting-7',
  errors: '3',
  frames: '1-40, 50-60, 70-80, 90, 95',
};

test('columns come in by importance until one does not fit, in the order of display', () => {
  const at = (width: number) => layOut([ROW], choice, width);
  expect(at(120)).toMatchObject({
    head: 'time   job                          user        errors  frames',
    lines: ['01:47  sq040_sh0310_turntabl…_v003  lighting-7       3  1-40, 50-60, 70-80, 90, 95'],
    leftOut: [],
  });
  expect(at(60)).toMatchObject({
    head: 'time   job                          user        errors',
    leftOut: ['frames'],
  });
  expect(at(43).leftOut).toEqual(['user', 'frames']);
  expect(at(30)).toEqual({
    head: 'time   job',
    lines: ['01:47  sq040_sh0310_turn…_v003'],
    starts: new Map([
      ['time', 0],
      ['job', 7],
    ]),
    leftOut: ['errors', 'user', 'frames'],
  });
  // What is always there is cut to its least width, and no further.
  expect(at(10).lines).toEqual(['01:47']);
});

test('without a limit, nothing is cut or left out', () => {
  const { lines, leftOut } = layOut([ROW], choice, Number.POSITIVE_INFINITY);
  expect(lines).toEqual([
    Object.values(ROW).join('  ').replace('lighting-7  ', 'lighting-7       '),
  ]);
  expect(leftOut).toEqual([]);
});

test('a column that is empty in every row is left out without a word, unless it is always there', () => {
  const { head, leftOut } = layOut([{ ...ROW, user: '', job: '' }], choice, 120);
  expect(head).toBe('time   job  errors  frames');
  expect(leftOut).toEqual([]);
});

test('of several forms the longest that fits is shown, in each row', () => {
  const forms = column('in', {
    cells: (rows) =>
      rows.map(({ job = '' }) => [`${job}, 5 others, one each`, `${job}, 5 others`, job]),
    width: [4, 33],
  });
  const at = (width: number) =>
    layOut(
      [{ job: 'render-1' }, { job: 'r-1' }],
      { columns: [forms], always: ['in'], further: [] },
      width,
    ).lines;
  expect(at(40)).toEqual(['render-1, 5 others, one each', 'r-1, 5 others, one each']);
  expect(at(23)).toEqual(['render-1, 5 others', 'r-1, 5 others, one each']);
  expect(at(13)).toEqual(['render-1', 'r-1, 5 others']);
});

test('a wider form of a column comes in as a column of its own does', () => {
  const time = column('time', { wider: { name: 'since', cells: () => ['01:43-01:47'] } });
  const columns = { columns: [time, column('job')], always: ['time', 'job'], further: ['since'] };
  const at = (width: number) => layOut([{ time: '01:47', job: 'shot' }], columns, width);
  expect(at(17).lines).toEqual(['01:43-01:47  shot']);
  expect(at(16)).toMatchObject({ lines: ['01:47  shot'], leftOut: ['since'] });
});

test('a text that may not be cut is whole, and color takes no room', () => {
  const job = column('job', {
    elide: 'middle',
    width: [6, 10],
    isWhole: ({ kind }) => kind === 'id',
    paint: (text) => `<${text}>`,
  });
  const { lines } = layOut(
    [
      { job: 'a_long_name_v1', errors: '1' },
      { job: '6b067e72f6ac', kind: 'id', errors: '22' },
    ],
    {
      columns: [job, column('errors', { align: 'right' })],
      always: ['job', 'errors'],
      further: [],
    },
    20,
  );
  expect(lines).toEqual(['<a_long_n…_v1>       1', '<6b067e72f6ac>      22']);
});

const text = fc
  .array(fc.constantFrom('a', '_', '-', '1', ', ', '東', 'é', '👩‍👩‍👧', '\n', '\u001b'), {
    maxLength: 30,
  })
  .map((parts) => parts.join(''));
const row = fc.record({
  time: fc.constantFrom('01:47', ''),
  job: text,
  user: text,
  errors: fc.nat(99_999).map(String),
  frames: text,
});

test('a row is a line of whole characters that fits, and each column is shown or named as left out', () => {
  fc.assert(
    fc.property(
      fc.array(row, { minLength: 1, maxLength: 5 }),
      fc.integer({ min: 30, max: 200 }),
      (rows, width) => {
        const { head, lines, leftOut } = layOut(rows, choice, width, 2);
        expect(lines).toHaveLength(rows.length);
        for (const line of [head, ...lines]) {
          expect(stringWidth(line)).toBeLessThanOrEqual(width);
          expect(line).not.toMatch(/\p{Cc}|\ufffd/u);
        }
        const heads = head.split(/ +/).filter((name) => name !== '');
        const known = COLUMNS.map(({ name }) => name).filter(
          (name) =>
            choice.always.includes(name) ||
            rows.some((each) => each[name as keyof typeof each] !== ''),
        );
        expect([...heads, ...leftOut].sort()).toEqual(known.sort());
      },
    ),
  );
});
