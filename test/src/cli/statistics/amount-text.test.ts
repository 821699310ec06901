import { expect, test } from 'vitest';
import { bytesText, hoursText } from '../../../../src/cli/statistics/amount-text.ts';

test.for([
  [0n, '0 B'],
  [999n, '999 B'],
  [1_000n, '1 kB'],
  [20_449_999_999n, '20.4 GB'],
  [999_499_999n, '999 MB'],
  [999_500_000n, '1.00 GB'],
  [2n ** 64n - 1n, '18.4 EB'],
  [10n ** 26n, '100,000 ZB'],
] as const)('%d bytes are %s', ([bytes, text]) => {
  expect(bytesText(bytes)).toBe(text);
});

test.for([
  [0, '0 h'],
  [1, '0.00 h'],
  [180, '0.05 h'],
  [4_428, '1.23 h'],
  [36_000, '10 h'],
  [359_999, '100 h'],
  [44_444_444, '12,346 h'],
] as const)('%d s are %s', ([seconds, text]) => {
  expect(hoursText(seconds)).toBe(text);
});
