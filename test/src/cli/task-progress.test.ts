import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { progressText, TaskCounter } from '../../../src/cli/task-progress.ts';

test.for([
  [{}, undefined, 'nothing received yet'],
  [{}, 40, '0 of 40 tasks done'],
  [{ Completed: 40 }, 40, '40 of 40 tasks done'],
  [{ Completed: 1 }, 1, '1 of 1 task done'],
  [{ Rendering: 3, Completed: 12, Failed: 2 }, 40, '12 of 40 tasks done, 2 failed, 3 rendering'],
  [{ Rendering: 3, Completed: 12 }, undefined, '12 of 15 started tasks done, 3 rendering'],
  [{ Completed: 1, Queued: 1 }, undefined, '1 of 2 started tasks done, 1 requeued'],
  [{ Failed: 1 }, undefined, '0 of 1 started task done, 1 failed'],
  [{ Completed: 4 }, 3, '4 of 4 started tasks done'],
] as const)('the progress of tasks %o, of %s', ([counts, total, text]) => {
  expect(progressText(new Map(Object.entries(counts)), total)).toBe(text);
});

describe('the counter', () => {
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
  ] as const)('after %s (%i ms), the next count follows after %i ms', async ([, takes, pause]) => {
    const count = counter(takes);
    expect(await count()).toBe(1);
    vi.advanceTimersByTime(pause - 1);
    expect(await count()).toBe(1);
    vi.advanceTimersByTime(1);
    expect(await count()).toBe(2);
    expect(await count()).toBe(2);
  });
});
