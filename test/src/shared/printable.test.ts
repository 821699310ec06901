import fc from 'fast-check';
import { expect, test } from 'vitest';
import { oneLine, plainLine, printable } from '../../../src/shared/printable.ts';

const range = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => String.fromCodePoint(from + index));

/** What ends a line for Python's `str.splitlines()`, other than LF. */
const LINE_ENDS = ['\v', '\f', '\r', '\u001c', '\u001d', '\u001e', '\u0085', '\u2028', '\u2029'];

test.for([
  ['line ends', LINE_ENDS],
  ['C0 controls', range(0, 0x1f).filter((each) => !/[\n\t]/.test(each))],
  ['DEL and C1 controls', range(0x7f, 0x9f)],
  [
    'directions',
    ['\u061c', '\u200e', '\u200f', ...range(0x202a, 0x202e), ...range(0x2066, 0x2069)],
  ],
  ['what is invisible', ['\u00ad', '\u200b', '\u2060', '\ufeff', '\u3164', '\ufff9']],
  ['tags', range(0xe0000, 0xe007f)],
  ['halves of surrogate pairs', ['\ud800', '\udbff', '\udc00', '\udfff']],
] as const)('%s are escaped, and read back as they were', ([, characters]) => {
  for (const character of characters) {
    const text = printable(`a${character}b`);
    expect(text).toMatch(/^a(\\u[0-9a-f]{4}){1,2}b$/);
    expect(JSON.parse(`"${text}"`)).toBe(`a${character}b`);
    expect(plainLine(`a${character}b`)).toMatch(/^a ?b$/);
  }
});

test.for(['é', '日本語', 'שלום', 'کتاب‌ها', '👩‍👩‍👧', '❤️', '🇩🇪', '\ufffd', 'a\\u0085b'])(
  '%s stays',
  (text) => {
    expect(printable(text)).toBe(text);
    expect(oneLine(text)).toBe(text);
    expect(plainLine(text)).toBe(text);
  },
);

test('line ends and tabs stay in a text, and are escaped in a line', () => {
  expect(printable('a\n\tb')).toBe('a\n\tb');
  expect(oneLine('a\n\tb\r\n')).toBe('a\\n\\tb\\u000d\\n');
});

test('escaped JSON has the same value', () => {
  const text = fc.uint16Array().map((units) => String.fromCharCode(...units));
  fc.assert(
    fc.property(text, text, (name, value) => {
      const json = JSON.stringify({ [name]: [value] });
      expect(JSON.parse(printable(json))).toEqual(JSON.parse(json));
    }),
  );
});

test('a plain line has blanks for line ends and tabs, and nothing that cannot be shown', () => {
  expect(plainLine('a\r\nb\tc\u2028d\u202ee\uffff')).toBe('a b c de');
});
