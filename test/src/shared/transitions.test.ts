import { expect, test } from 'vitest';
import { isRecorded, TRANSITIONS, transitionOf } from '../../../src/shared/transitions.ts';

const ofTask = (name: string, status: unknown) => transitionOf({ kind: 'task', name, status });
const ofJob = (name: string, status: unknown) => transitionOf({ kind: 'job', name, status });

test.for([
  ['Completed', 'job-completed'],
  ['Failed', 'job-failed'],
  ['Suspended', 'job-suspended'],
  ['Active', 'job-deleted'],
  ['Pending', 'job-deleted'],
  ['', 'job-deleted'],
  [undefined, 'job-deleted'],
  [3, 'job-deleted'],
  ['constructor', 'job-deleted'],
] as const)('a job that stopped %j: %s', ([status, transition]) => {
  expect(ofJob('JobStoppedNotification', status)).toBe(transition);
});

test.for(['JobDoctorNotification', 'JobStartedNotification', 'Job', 'JobStopped'])(
  '%s is no transition',
  (name) => {
    expect(ofJob(name, 'Completed')).toBeUndefined();
  },
);

test.for([
  ['Completed', 'task-completed'],
  ['Failed', 'task-failed'],
  ['Suspended', 'task-suspended'],
  ['Queued', 'task-requeued'],
  ['Pending', 'task-stopped'],
  ['Rendering', 'task-stopped'],
  ['failed', 'task-stopped'],
  [undefined, 'task-stopped'],
  [{ S: 'Failed' }, 'task-stopped'],
] as const)('a task that stopped %j: %s', ([status, transition]) => {
  expect(ofTask('StoppedTaskNotification', status)).toBe(transition);
});

test('a task started, whatever its status', () => {
  for (const status of ['Rendering', 'Queued', undefined]) {
    expect(ofTask('StartedTaskNotification', status)).toBe('task-started');
  }
});

test('a notification of a task that is not documented goes by its status', () => {
  expect(ofTask('MovedTaskNotification', 'Failed')).toBe('task-failed');
  expect(ofTask('MovedTaskNotification', 'Rendering')).toBe('task-stopped');
});

test('the levels of the history: nothing, jobs and problems of tasks, all', () => {
  const recorded = (level: 'off' | 'problems' | 'all') =>
    TRANSITIONS.filter((transition) => isRecorded(transition, level));
  expect(recorded('off')).toEqual([]);
  expect(recorded('problems')).toEqual([
    'job-completed',
    'job-failed',
    'job-suspended',
    'job-deleted',
    'task-failed',
    'task-suspended',
    'task-requeued',
  ]);
  expect(recorded('all')).toEqual(TRANSITIONS);
});
