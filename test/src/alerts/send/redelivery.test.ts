import { expect, test } from 'vitest';
import { delayOf, isGivenUp } from '../../../../src/alerts/send/redelivery.ts';

test.for([
  [1, 5, 10],
  [2, 5, 20],
  [3, 5, 40],
  [4, 5, 80],
  [5, 5, 160],
  [6, 5, 300],
  [7, 5, 300],
  [1_000, 5, 300],
] as const)('received for time %i, a message waits %i to %i s', ([receives, shortest, longest]) => {
  expect(delayOf(undefined, receives, 0)).toBe(shortest);
  expect(delayOf(undefined, receives, 1)).toBe(longest);
  const middle = delayOf(undefined, receives, 0.5);
  expect(middle).toBeGreaterThan(shortest);
  expect(middle).toBeLessThan(longest);
});

test.for([
  [0, 1],
  [0.2, 1],
  [1, 1],
  [43.01, 44],
  [3_600, 3_600],
  [86_400, 39_600],
  [Number.MAX_VALUE, 39_600],
] as const)('left alone for %d s, it waits %i s, as SQS takes', ([after, seconds]) => {
  expect(delayOf(after, 6, 0.5)).toBe(seconds);
});

test('it is given up twelve hours after it was put into the queue', () => {
  const hours = (count: number) => count * 3_600_000;
  expect(isGivenUp(0, hours(12))).toBe(false);
  expect(isGivenUp(0, hours(12) + 1)).toBe(true);
  expect(isGivenUp(Number('undefined'), hours(12) + 1)).toBe(false);
});
