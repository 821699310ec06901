import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cutEnd, cutMiddle, cutRanges, shown } from '../../../../src/alerts/render/cut.ts';
import { anyText } from '../../../support/odd-messages.ts';

test('a name keeps its version', () => {
  expect(cutMiddle('sq010_turntable_lighting_v015', 20)).toBe('sq010_turntabl…_v015');
  expect(cutMiddle('x'.repeat(30), 11)).toBe('xxxxx…xxxxx');
  expect(cutMiddle('sq010_v015', 10)).toBe('sq010_v015');
});

test('a list of frames is cut between ranges', () => {
  const frames = Array.from({ length: 40 }, (_, index) => `${index * 10}-${index * 10 + 5}`);
  expect(cutRanges(frames.join(', '), 40)).toBe('0-5, 10-15, 20-25, 30-35, … 36 more');
  expect(cutRanges('1-5', 40)).toBe('1-5');
  expect(cutRanges('x'.repeat(50), 10)).toBe('xxxxxxxxx…');
});

test.for([
  ['a\r\nb\tc\u2028d', 'a b c d'],
  ['\u202egnp.exe\u2066', 'gnp.exe'],
  ['\u0000\u001b[31mred\u009b', '[31mred'],
  ['a\ud800b\udc00\uffff', 'ab'],
  ['\u200d\ufe0f \u3164', ''],
  ['  a b ', 'a b'],
  ['❤️ 👩‍🚀', '❤️ 👩‍🚀'],
  [undefined, ''],
])('%j is shown as %j', ([text, expected]) => {
  expect(shown(text)).toBe(expected);
});

test('property: never longer, never half a character', () => {
  const text = anyText.map((each) => shown(each));
  fc.assert(
    fc.property(text, fc.integer({ min: 4, max: 40 }), (text, most) => {
      for (const cut of [cutEnd(text, most), cutMiddle(text, most), cutRanges(text, most)]) {
        expect(cut.length).toBeLessThanOrEqual(most);
        expect(cut.isWellFormed()).toBe(true);
        expect(cut === text || cut.includes('…')).toBe(true);
      }
    }),
  );
});
