import { expect, test } from 'vitest';
import { asTold, jobOf, toldByFeed, toldByFeedOf } from '../../../bench/board/told-by-feed.ts';
import type { FarmNotification } from '../../../src/local/farm/simulate-farm.ts';
import type { Transition } from '../../../src/shared/history-entry.ts';

const task = (sent: number, JobID: string, TaskID: number, Status: string) =>
  ({ sent, body: { TaskDetails: { JobID, TaskID, Status } } }) as unknown as FarmNotification;
const job = (sent: number, JobID: string, JobStatus: string) =>
  ({ sent, body: { JobDetails: { JobID, JobStatus } } }) as unknown as FarmNotification;

const minute = [
  task(1, 'a', 0, 'Rendering'),
  task(2, 'a', 0, 'Queued'),
  task(3, 'a', 0, 'Rendering'),
  task(4, 'a', 1, 'Rendering'),
  task(5, 'a', 1, 'Completed'),
  task(6, 'b', 1, 'Failed'),
  job(7, 'a', 'Suspended'),
  job(8, 'a', 'Completed'),
];

test('the feed of all tells what became of each row last, of what is in an index', () => {
  const told: Partial<Transition>[] = [
    { job: 'a', task: 0, status: 'Rendering', at: new Date(3).toISOString() },
    { job: 'b', task: 1, status: 'Failed', at: new Date(6).toISOString() },
    { job: 'a', task: null, status: 'Completed', at: new Date(8).toISOString() },
  ];
  expect([...toldByFeed(minute)].sort()).toEqual(
    told.map((each) => asTold(each as Transition)).sort(),
  );
});

test('the feed of a job tells all of it', () => {
  expect(toldByFeedOf('a', minute)).toBe(7);
  expect(toldByFeedOf('c', minute)).toBe(0);
  expect(minute.map(jobOf).join('')).toBe('aaaaabaa');
});
