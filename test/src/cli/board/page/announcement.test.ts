import { expect, test } from 'vitest';
import { announcementOf } from '../../../../../src/cli/board/page/announcement.ts';

test('tells a screen reader how many of what, the worst first', () => {
  const came = [
    'task-completed',
    'job-failed',
    'task-started',
    'task-completed',
    'job-failed',
  ] as const;
  expect(announcementOf(came.map((transition) => ({ transition })))).toBe(
    '2 jobs failed, 2 tasks completed',
  );
  expect(announcementOf([{ transition: 'task-started' }])).toBe('');
  expect(announcementOf([])).toBe('');
});
