import fc from 'fast-check';
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { elideEnd, elideMiddle, elideRanges } from '../../../src/terminal/elide.ts';

test.for([
  ['sq010_sh0280_turntable_v015', 26, 'sq010_sh0280_turntab…_v015'],
  ['sq070_sh0330_playblast_v008', 24, 'sq070_sh0330_playb…_v008'],
  ['夜景の灯火_第三幕_ランタン_v012', 26, '夜景の灯火_第三幕_ラ…_v012'],
  ['final.comp.exr', 12, 'final.c….exr'],
  ['no separators at all in it', 11, 'no se…in it'],
  ['a-version_longer-than-the-rest-of-it', 16, 'a-version_lo…-it'],
  ['fits_v1', 7, 'fits_v1'],
] as const)('%s in %d columns', ([name, width, text]) => {
  expect(elideMiddle(name, width)).toBe(text);
});

test.for([
  ['1001, 1006-1011, 1013-1014', 26, '1001, 1006-1011, 1013-1014'],
  ['1001, 1006-1011, 1013-1014, 1019', 31, '1001, … 3 more ranges'],
  ['1001,1006-1011,1013-1014,1019,1021', 33, '1001, 1006-1011, … 3 more ranges'],
  ['1001, 1006-1011', 9, '1001, …'],
  ['1001, 1006', 9, '1001, …'],
  ['1-40, 50, 60', 20, '1-40, 50, 60'],
  ['1000001-2000001', 9, '1000001-…'],
] as const)('frames %s in %d columns', ([frames, width, text]) => {
  expect(elideRanges(frames, width)).toBe(text);
});

/** Texts whose characters are wide, joined, combined, or neither. */
const text = fc
  .array(fc.constantFrom('a', '_', '-', '.', '東', 'é', '👩‍👩‍👧', '🇩🇪', 'ｱ', ' ', '0'), {
    maxLength: 40,
  })
  .map((parts) => parts.join(''));
const SEGMENTER = new Intl.Segmenter();
const charactersOf = (each: string) =>
  Array.from(SEGMENTER.segment(each), ({ segment }) => segment);

test('what is cut fits, says that it is cut, and has whole characters of the text alone', () => {
  fc.assert(
    fc.property(text, fc.integer({ min: 4, max: 30 }), (whole, width) => {
      for (const elide of [elideEnd, elideMiddle]) {
        const cut = elide(whole, width);
        expect(stringWidth(cut)).toBeLessThanOrEqual(width);
        if (stringWidth(whole) <= width) {
          expect(cut).toBe(whole);
          continue;
        }
        const characters = charactersOf(whole).join('\u0000');
        const [start = '', ...ends] = cut.split('…');
        expect(ends).toHaveLength(1);
        expect(characters.startsWith(charactersOf(start).join('\u0000'))).toBe(true);
        expect(characters.endsWith(charactersOf(ends[0] ?? '').join('\u0000'))).toBe(true);
      }
    }),
  );
});

test('a list of frames is cut between two, and what is left out is counted', () => {
  const lists = fc.array(fc.integer({ min: 0, max: 9_999 }), { minLength: 1, maxLength: 300 });
  fc.assert(
    fc.property(lists, fc.integer({ min: 9, max: 60 }), (frames, width) => {
      const cut = elideRanges(frames.join(','), width);
      expect(cut.length).toBeLessThanOrEqual(width);
      if (!cut.includes('…')) {
        expect(cut).toBe(frames.join(','));
        return;
      }
      const [kept = '', more] = cut.split(', …');
      const count = kept.split(', ').length;
      expect(kept).toBe(frames.slice(0, count).join(', '));
      if (more) expect(more).toMatch(new RegExp(`^ ${frames.length - count} more range`));
    }),
  );
});
