import { expect, test } from 'vitest';
import { sizeRows } from '../../../bench/start/start-benchmark.ts';

test('sizes have a total, and sum up packages below one percent', () => {
  const sizes = [
    ['@smithy/core', 600],
    ['zod', 386],
    ['one percent', 10],
    ['small', 3],
    ['smaller', 1],
  ] as const;
  expect(sizeRows(sizes)).toEqual([
    { package: 'all', bytes: 1_000, '%': 100 },
    { package: '@smithy/core', bytes: 600, '%': 60 },
    { package: 'zod', bytes: 386, '%': 38.6 },
    { package: 'one percent', bytes: 10, '%': 1 },
    { package: '2 others', bytes: 4, '%': 0.4 },
  ]);
});
