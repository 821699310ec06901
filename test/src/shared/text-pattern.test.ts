import fc from 'fast-check';
import { expect, test } from 'vitest';
import { textPattern } from '../../../src/shared/text-pattern.ts';

test.for([
  ['fx-2', 'FX-2'],
  ['sq040*', 'sq040_sh0310_cache_v003'],
  ['*_cache_*', 'sq040_sh0310_Cache_v003'],
  ['sq???_*', 'sq040_sh0310'],
  ['*', ''],
  ['a*b', 'ab'],
  ['**a', 'xa'],
  ['a*/c', 'a/b/c'],
  ['a?c', 'a/c'],
  ['a*c', 'a\nb\u2028c'],
  ['[ab]{c,d}(e|f)\\g+^$.', '[AB]{c,d}(E|f)\\g+^$.'],
  ['?', '部'],
  ['?', '🔥'],
  ['é?', 'e\u0301x'],
  ['caf?', 'cafe\u0301'],
  ['ΟΔΟΣ', 'οδος'],
  ['*Σ', 'οδος'],
  ['straße', 'STRASSE'],
  ['*ab*ab', 'abaab'],
  ['*aab?', 'aaabc'],
] as const)('%s fits %s', ([pattern, text]) => {
  expect(textPattern(pattern)(text)).toBe(true);
});

test.for([
  ['fx', 'fx-2'],
  ['x-2', 'fx-2'],
  ['?', ''],
  ['?', 'ab'],
  ['a*b', 'abc'],
  ['[ab]', 'a'],
  ['{a,b}', 'a'],
  ['a.c', 'abc'],
  ['\\*', 'a'],
  ['a+', 'aa'],
  ['!a', 'b'],
  ['*ab*ab', 'ab'],
] as const)('%s does not fit %s', ([pattern, text]) => {
  expect(textPattern(pattern)(text)).toBe(false);
});

/** Whether a pattern fits, by its definition, for texts of a few letters. */
function fits(pattern: string, text: string): boolean {
  if (pattern === '') return text === '';
  if (pattern[0] === '*')
    return fits(pattern.slice(1), text) || (text !== '' && fits(pattern, text.slice(1)));
  return (
    text !== '' &&
    (pattern[0] === '?' || pattern[0] === text[0]) &&
    fits(pattern.slice(1), text.slice(1))
  );
}

test('any pattern fits as it is defined', () => {
  const of = (letters: string) =>
    fc.array(fc.constantFrom(...letters), { maxLength: 9 }).map((all) => all.join(''));
  fc.assert(
    fc.property(of('ab*?'), of('ab'), (pattern, text) => {
      expect(textPattern(pattern)(text)).toBe(fits(pattern, text));
    }),
    { numRuns: 2_000 },
  );
});

test('any text fits itself, in any case', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(...'aB1 *?[\\/ßΣςİıéﬀ夜🔥', 'e\u0301') }),
      (text) => {
        expect(textPattern(text)(text)).toBe(true);
        expect(textPattern(text.toUpperCase())(text)).toBe(true);
      },
    ),
  );
});

test('a pattern of many stars ends', () => {
  expect(textPattern(`${'*a'.repeat(50)}b`)('a'.repeat(10_000))).toBe(false);
});
