import { expect, test } from 'vitest';
import { bytesText, hoursText } from '../../../../src/cli/report/report-words.ts';

test.for([
  [0, '0 h'],
  [0.4, '0 s'],
  [59.4, '59 s'],
  [59.6, '1 min'],
  [3_540, '59 min'],
  [3_599, '1.0 h'],
  [3_600, '1.0 h'],
  [44_640, '12.4 h'],
  [359_999, '100 h'],
  [4_332_000, '1,203 h'],
] as const)('%d s are %s', ([seconds, expected]) => {
  expect(hoursText(seconds)).toBe(expected);
});

test.for([
  [0, '0 B'],
  [999, '999 B'],
  [1_000, '1 kB'],
  [1_540_000, '1.5 MB'],
  [83_016_921_038, '83 GB'],
  [999_999, '1 MB'],
  [9.2e18, '9,200 PB'],
] as const)('%d bytes are %s', ([bytes, expected]) => {
  expect(bytesText(bytes)).toBe(expected);
});
