import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseTimeSpan, runTime } from '../../../src/shared/run-time.ts';

test.for([
  ['00:03:22', 202_000],
  ['1.02:03:04.5000000', 93_784_500],
  ['-00:00:01', -1_000],
  ['-10675199.02:48:05.4775808', -922_337_203_685_477.6],
  ['00:00:00.0010000', 1],
  ['', undefined],
  ['3:22', undefined],
  ['00:03:22.', undefined],
  ['an hour', undefined],
] as const)('the time span %j is %j ms', ([text, ms]) => {
  expect(parseTimeSpan(text)).toBe(ms);
});

test.for([
  [0, '0:00'],
  [999, '0:00'],
  [202_000, '3:22'],
  [3_599_999, '59:59'],
  [3_600_000, '1:00:00'],
  [86_399_000, '23:59:59'],
  [86_400_000, '1 d 00:00'],
  [97_920_000, '1 d 03:12'],
  [-1, ''],
  [Number.NaN, ''],
  [undefined, ''],
] as const)('%j ms are %j', ([ms, text]) => {
  expect(runTime(ms)).toBe(text);
});

test('what is written as a time span is read again', () => {
  fc.assert(
    fc.property(fc.nat(99), fc.nat(23), fc.nat(59), fc.nat(59), (days, hours, minutes, seconds) => {
      const two = (number: number) => String(number).padStart(2, '0');
      const written = `${days}.${two(hours)}:${two(minutes)}:${two(seconds)}`;
      expect(parseTimeSpan(written)).toBe(
        (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1_000,
      );
    }),
  );
});
