import { afterEach, expect, test, vi } from 'vitest';
import { retryUntil } from '../../../src/shared/retry.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

async function pauseAfter(setbacks: number, time = 60_000): Promise<number> {
  const begin = performance.now();
  await retryUntil(AbortSignal.timeout(time)).backoff(setbacks);
  return performance.now() - begin;
}

test.for([
  [0, 25],
  [1, 50],
  [4, 400],
  [30, 2_000],
] as const)('after %i failures, the longest pause is %i ms', async ([setbacks, longest]) => {
  vi.spyOn(Math, 'random').mockReturnValue(1);
  const ms = await pauseAfter(setbacks);
  expect(ms).toBeGreaterThan(longest - 2);
  expect(ms).toBeLessThan(longest * 2 + 500);
});

test('the shortest pause is always zero, so that requests throttled together spread out', async () => {
  vi.spyOn(Math, 'random').mockReturnValue(0);
  expect(await pauseAfter(30)).toBeLessThan(500);
});

test('a pause ends when the time is up', async () => {
  vi.spyOn(Math, 'random').mockReturnValue(1);
  expect(await pauseAfter(30, 50)).toBeLessThan(1_000);
});
