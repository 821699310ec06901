import { expect, test } from 'vitest';
import {
  failedJob,
  lateNotifications,
  payloadOf,
  storm,
} from '../../../support/alerts-of-a-night.ts';

test('a job failed', () => {
  expect(payloadOf(failedJob(), 'log')).toEqual({
    level: 'WARN',
    message: 'alert',
    alert: 'failures',
    transition: 'job-failed',
    count: 1,
    at: '2026-11-25T06:47:23.632Z',
    job: '6b067e72f6ac6ffc9125246d',
    name: 'sq040_sh0310_cache_v003',
    user: 'fx-3',
    department: 'fx',
    plugin: 'Houdini',
    failed: 7,
    tasks: 41,
    errors: 12,
    frames: '1027-1040',
    workers: {
      'render-035': 2,
      'render-017': 1,
      'render-019': 1,
      'render-024': 1,
      'render-034': 1,
      'render-036': 1,
    },
    text: 'sq040_sh0310_cache_v003 failed: 7 of 41 tasks',
  });
});

test('many jobs: numbers by transition, ten workers', () => {
  const line = payloadOf(storm(), 'log');
  expect(line).toMatchObject({
    level: 'WARN',
    jobs: { 'job-failed': 34 },
    tasks: 121,
    common: { field: 'plugin', value: 'Nuke', jobs: 31 },
    text: '34 jobs failed in 52 s: 121 tasks',
  });
  expect(Object.keys(line.workers)).toHaveLength(10);
});

test('over an hour late', () => {
  expect(payloadOf(lateNotifications(), 'log')).toEqual({
    level: 'INFO',
    message: 'alert',
    alert: 'failures',
    transition: 'late',
    count: 135,
    begin: '2026-11-25T03:10:12.000Z',
    at: '2026-11-25T06:40:59.000Z',
    counts: { 'job-failed': 6, 'task-failed': 41, 'job-completed': 88 },
    text: 'Late: 135 notifications from Nov 24 22:10 to Nov 25 01:40 EST came just now',
  });
});
