import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { TaskCounter } from '../../../src/cli/task-counter.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A counter whose counts take so long, and how often it has counted by then. */
function counter(takes: number) {
  let counted = 0;
  const count = async () => {
    counted += 1;
    await vi.advanceTimersByTimeAsync(takes);
    return new Map([['Completed', counted]]);
  };
  const tasks = new TaskCounter(count, 5_000);
  return async () => (await tasks.counts()).get('Completed');
}

test.for([
  ['a count that takes no time', 0, 5_000],
  ['a count that takes little', 200, 5_000],
  ['a count that takes ten seconds', 10_000, 200_000],
] as const)('after %s (%i ms) the next is made after %i ms', async ([, takes, pause]) => {
  const count = counter(takes);
  expect(await count()).toBe(1);
  vi.advanceTimersByTime(pause - 1);
  expect(await count()).toBe(1);
  vi.advanceTimersByTime(1);
  expect(await count()).toBe(2);
  expect(await count()).toBe(2);
});
