import fc from 'fast-check';
import { expect, test } from 'vitest';
import { code, sentence } from '../../../../src/cli/report/markdown-text.ts';
import { HOSTILE } from '../../../support/made-up-report.ts';

test.for([
  ['render-035', '`render-035`'],
  ['a `b` c', '`` a `b` c ``'],
  ['```', '```` ``` ````'],
  [' \n', '`?`'],
  ['one\r\ntwo\u202e', '`one two`'],
] as const)('%j as code is %s', ([text, expected]) => {
  expect(code(text)).toBe(expected);
});

test('code ends where it should, whatever is in it', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('`', 'a', ' ', '\n') }), (text) => {
      const [, fence = '', inside = ''] = /^(`+)(.*)\1$/.exec(code(text)) ?? [];
      expect(inside.match(/`+/g) ?? []).not.toContain(fence);
      expect(inside).not.toMatch(/^`|`$/);
    }),
  );
});

test.for([
  ['182 h rendered, 35 % less (280 h before).', '182 h rendered, 35 % less (280 h before).'],
  [
    '4 jobs have 33 of 41, each on 3 or more workers: look at the scenes.',
    '4 jobs have 33 of 41, each on 3 or more workers: look at the scenes.',
  ],
  [
    'render-035 has 7 of 9, all of sq040_sh0310: look at both.',
    'render-035 has 7 of 9, all of `sq040_sh0310`: look at both.',
  ],
  [
    'Nov 25 01:37 to Nov 26 01:37, times in EDT, then EST',
    'Nov 25 01:37 to Nov 26 01:37, times in EDT, then EST',
  ],
  ['1. has 3 of 4', '`1.` has 3 of 4'],
  ['www.evil.example has 3', '`www.evil.example` has 3'],
  ['@everyone #1 <!channel> has 3', '`@everyone` `#1` `<!channel>` has 3'],
] as const)('in a sentence, what could be markup is code: %s', ([text, expected]) => {
  expect(sentence(text)).toBe(expected);
});

test.for(HOSTILE)('the sentence of %j has no markup but code', (name) => {
  const rest = sentence(`${name} has 3 of 4: look at the machine.`).replaceAll(
    /(`+)(?!`).*?[^`]\1(?!`)/g,
    '',
  );
  expect(rest).toMatch(/^[\p{L}\p{N} .,:;%×–'()-]*$/u);
});
