import { expect, test } from 'vitest';
import { distribution } from '../../../bench/board/delays.ts';

test('percentiles are delays that were measured, in seconds', () => {
  const delays = Array.from({ length: 200 }, (_, index) => 40 * (200 - index)); // 40 to 8,000 ms
  expect(distribution(delays)).toEqual({
    ...{ measured: 200, median: 4, '95 %': 7.6, '99 %': 7.92, largest: 8 },
    'over 5 s, %': 37.5,
  });
  expect(distribution([5_000])).toEqual({
    ...{ measured: 1, median: 5, '95 %': 5, '99 %': 5, largest: 5 },
    'over 5 s, %': 0,
  });
});
