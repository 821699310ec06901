import { expect, test } from 'vitest';
import { progressText } from '../../../src/cli/task-progress.ts';

test.for([
  [{}, undefined, 'nothing has come of it or its tasks yet'],
  [{}, 40, '0 of 40 tasks done'],
  [{ Completed: 40 }, 40, '40 of 40 tasks done'],
  [{ Completed: 1 }, 1, '1 of 1 task done'],
  [{ Rendering: 3, Completed: 12, Failed: 2 }, 40, '12 of 40 tasks done, 2 failed, 3 rendering'],
  [
    { Rendering: 3, Completed: 12 },
    undefined,
    '12 of the 15 tasks that have started are done, 3 rendering',
  ],
  [{ Completed: 1, Queued: 1 }, undefined, '1 of the 2 tasks that have started is done, 1 queued'],
  [{ Failed: 1 }, undefined, '0 of the 1 task that has started is done, 1 failed'],
  [{ Completed: 4 }, 3, '4 of the 4 tasks that have started are done'],
] as const)('of the tasks %o of %s', ([counts, total, text]) => {
  expect(progressText(new Map(Object.entries(counts)), total)).toBe(text);
});
