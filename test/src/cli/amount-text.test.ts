import { expect, test } from 'vitest';
import { bytesText, hoursText } from '../../../src/cli/amount-text.ts';

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
] as const)('%d s are %s', ([seconds, text]) => {
  expect(hoursText(seconds)).toBe(text);
});

test.for([
  [0, '0 B'],
  [999, '999 B'],
  [1_000, '1 kB'],
  [1_540_000, '1.5 MB'],
  [20_449_999_999n, '20.4 GB'],
  [83_016_921_038, '83 GB'],
  [999_499_999, '999 MB'],
  [999_999, '1 MB'],
  [2n ** 64n - 1n, '18.4 EB'],
  [10n ** 26n, '100,000 ZB'],
] as const)('%d bytes are %s', ([bytes, text]) => {
  expect(bytesText(bytes)).toBe(text);
});
