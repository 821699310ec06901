import { expect, test } from 'vitest';
import type { Try } from '../../../../src/cli/history/task-tries.ts';
import { type TriesScope, triesText } from '../../../../src/cli/history/tries-text.ts';

const tried = (ran: number | undefined, worker = 'render-036', task = 13): Try => {
  const each = { task, worker, ran };
  const end = ran === undefined ? undefined : { ...each, isStart: false, errors: 0 };
  return { ...each, hasStart: true, end };
};
const all: TriesScope = { of: 'this task', isWhole: true, hasStarts: true };
const ofJob: TriesScope = { ...all, of: 'this job' };
const problems: TriesScope = { ...all, isWhole: false, hasStarts: false };
const SECOND = 1_000;

/** The longest form. */
const text = (tries: Try[], scope: TriesScope) => [triesText(tries, scope)].flat()[0];

test.for([
  [
    [tried(26_500), tried(131 * SECOND), tried(202 * SECOND)],
    all,
    '3 tries, all on render-036, 5:59 rendered. Nothing else came for this task.',
  ],
  [
    [tried(62 * SECOND)],
    all,
    '1 try on render-036, 1:02 rendered. Nothing else came for this task.',
  ],
  [
    [tried(SECOND), tried(SECOND), tried(undefined, 'render-040')],
    all,
    '3 tries on render-036 ×2, render-040, 0:02 rendered. Nothing else came for this task yet.',
  ],
  [
    [tried(SECOND), tried(SECOND, 'b', 14), tried(SECOND, 'b', 14)],
    ofJob,
    '3 tries of 2 tasks on b ×2, render-036, 0:03 rendered. Nothing else came for this job.',
  ],
  [
    [tried(SECOND), tried(SECOND)],
    problems,
    '2 recorded tries, all on render-036, 0:02 rendered. Nothing else was recorded for this task.',
  ],
  [[tried(SECOND, '')], all, '1 try, 0:01 rendered. Nothing else came for this task.'],
  [[], all, 'No try came. Nothing else came for this task.'],
  [[], problems, 'Nothing else was recorded for this task.'],
] as const)('%j', ([tries, scope, expected]) => {
  expect(text([...tries], scope)).toBe(expected);
});

test('shorter forms say how many workers, or nothing of them', () => {
  const tries = [tried(SECOND), tried(SECOND, 'b'), tried(SECOND, 'c')];
  expect(triesText(tries, all)).toEqual([
    '3 tries on b, c, render-036, 0:03 rendered. Nothing else came for this task.',
    '3 tries on 3 workers, 0:03 rendered. Nothing else came for this task.',
    '3 tries, 0:03 rendered. Nothing else came for this task.',
    '3 tries on b, c, render-036, 0:03 rendered.',
    '3 tries, 0:03 rendered.',
  ]);
});
