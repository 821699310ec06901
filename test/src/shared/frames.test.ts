import fc from 'fast-check';
import { expect, test } from 'vitest';
import { briefFrames, countFrames, frameEnds, joinFrames } from '../../../src/shared/frames.ts';

test.for([
  [['1027-1028', '1029-1030'], '1027-1030'],
  [['33', '17-18', '25-26,34', '35-52'], '17-18, 25-26, 33-52'],
  [['1', '3', '5'], '1, 3, 5'],
  [['-10--5', '-4', '0'], '-10--4, 0'],
  [['1-100x5', '7', undefined, ''], '7, 1-100x5'],
  [['10-1'], '1-10'],
  [['5', '5-5', '5'], '5'],
  [[], ''],
] as const)('%j joined is %j', ([lists, joined]) => {
  expect(joinFrames(lists)).toBe(joined);
});

test('joined ranges have the same frames as their lists, sorted, and no two touch', () => {
  const range = fc.tuple(fc.integer({ min: -50, max: 200 }), fc.nat(9));
  const lists = fc.array(fc.array(range, { maxLength: 4 }), { maxLength: 8 });
  fc.assert(
    fc.property(lists, (all) => {
      const frames = new Set<number>();
      for (const [first, length] of all.flat()) {
        for (let frame = first; frame <= first + length; frame += 1) frames.add(frame);
      }
      const texts = all.map((list) =>
        list.map(([first, length]) => `${first}-${first + length}`).join(),
      );
      const joined = joinFrames(texts);
      const expected: string[] = [];
      for (const frame of [...frames].sort((a, b) => a - b)) {
        if (frames.has(frame - 1)) continue;
        let last = frame;
        while (frames.has(last + 1)) last += 1;
        expected.push(last === frame ? String(frame) : `${frame}-${last}`);
      }
      expect(joined).toBe(expected.join(', '));
      expect(countFrames(joined)).toBe(frames.size);
    }),
  );
});

test.for([
  ['136-136', '136'],
  ['1-1,2-2,3-4', '1,2,3-4'],
  ['-5--5', '-5'],
  ['1-11,11-1,21-2', '1-11,11-1,21-2'],
  ['5-5x2', '5-5x2'],
  ['-1-1', '-1-1'],
  [undefined, undefined],
] as const)('%j is shown as %j', ([list, text]) => {
  expect(briefFrames(list)).toBe(text);
});

test('frames that are no ranges are not counted', () => {
  expect(countFrames('1-10, 1-100x5')).toBeUndefined();
});

test.for([
  ['1001-1081', '1001', '1081'],
  ['-10--5', '-10', '-5'],
  ['7', '7', '7'],
  ['1,3,5-9', '1', '9'],
  ['1-100x5', '1', '100'],
  ['', undefined, undefined],
  ['all', undefined, undefined],
] as const)('%j begins with %s and ends with %s', ([list, first, last]) => {
  expect(frameEnds(list)).toEqual({ first, last });
});
