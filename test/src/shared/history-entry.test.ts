import { expect, test } from 'vitest';
import { entryToTransition, readEntry } from '../../../src/shared/history-entry.ts';

const KEY = { job_id: 'a', at: '2026-11-25T06:47:23.6321234Z#13#StoppedTaskNotification#0a1b2c3d' };
const read = (attributes: object) => {
  const entry = readEntry({ ...KEY, ...attributes });
  return entry && entryToTransition(entry);
};

test("a task's transition has what is known of it, and null for the rest", () => {
  expect(
    read({
      transition: 'task-requeued',
      task: 13,
      status: 'Queued',
      worker: 'render-035',
      errors: 2,
      renderTime: '00:02:11',
      expires_at: 1_800_000_000,
    }),
  ).toEqual({
    id: 'a/2026-11-25T06:47:23.6321234Z#13#StoppedTaskNotification#0a1b2c3d',
    at: '2026-11-25T06:47:23.632Z',
    job: 'a',
    task: 13,
    transition: 'task-requeued',
    status: 'Queued',
    reason: null,
    worker: 'render-035',
    frames: null,
    errors: 2,
  });
});

test('that of a job also has its name, where it belongs, and its times', () => {
  const transition = read({ transition: 'job-failed', name: 'shot', tasks: 41 });
  expect(Object.keys(transition ?? {})).toEqual([
    ...['id', 'at', 'job', 'task', 'transition', 'status', 'reason', 'worker', 'frames', 'errors'],
    ...['name', 'user', 'department', 'plugin', 'pool', 'batch', 'tasks'],
    ...['submitted', 'started', 'completed'],
  ]);
  expect(transition).toMatchObject({ task: null, name: 'shot', tasks: 41, completed: null });
});

test('attributes of another type are not known, and what is no entry is none', () => {
  expect(read({ transition: 'task-failed', task: '1', status: 3, cut: 'x' })).toMatchObject({
    task: null,
    status: null,
  });
  expect(read({ transition: 'task-lost' })).toBeUndefined();
  expect(readEntry({ job_id: 'a', transition: 'task-failed' })).toBeUndefined();
  expect(readEntry(undefined)).toBeUndefined();
});
