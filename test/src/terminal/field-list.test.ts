import { expect, test } from 'vitest';
import { fieldLines } from '../../../src/terminal/field-list.ts';

const BLOCKS = [
  {
    left: [
      { name: 'user', value: ['fx-3, department fx', 'fx-3'] as [string, string] },
      { name: 'group', value: 'highmem' },
    ],
    right: [{ name: 'started', value: ['01:21:48, after 0:09', '01:21:48'] as [string, string] }],
  },
  { lines: ['            a line'] },
  { left: [{ name: 'reason', value: 'x'.repeat(90) }] },
];
const plain = (name: string) => name;

test('two beside each other where there is room', () => {
  expect(fieldLines(BLOCKS, 80, plain)).toEqual([
    'user        fx-3, department fx            started    01:21:48, after 0:09',
    'group       highmem',
    '            a line',
    `reason      ${'x'.repeat(67)}…`,
  ]);
});

test('a short form where there is less', () => {
  expect(fieldLines(BLOCKS, 70, plain)[0]).toBe(
    'user        fx-3, department fx            started    01:21:48',
  );
});

test('below each other where there is none', () => {
  expect(fieldLines(BLOCKS, 60, plain).slice(0, 3)).toEqual([
    'user        fx-3, department fx',
    'group       highmem',
    'started     01:21:48, after 0:09',
  ]);
});

test('without a width, nothing is cut; names are colored', () => {
  const lines = fieldLines(BLOCKS, Infinity, (name) => `\u001b[2m${name}\u001b[22m`);
  expect(lines.at(-1)).toBe(`\u001b[2mreason\u001b[22m      ${'x'.repeat(90)}`);
});
