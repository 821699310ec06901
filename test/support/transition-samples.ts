import type { EventRules } from '../../src/events/event-entry.ts';
import type { JobTransition, Transition } from '../../src/shared/history-entry.ts';

/** A farm that has no ids of AWS Deadline Cloud, on the account's default bus. */
export const NO_IDS: EventRules = {
  eventBus: undefined,
  farmId: undefined,
  queueId: undefined,
};

const JOB = '6b067e72f6ac6ffc9125246d';

/** A transition of a task, with some fields as a test has them. */
export function taskTransition(fields: Partial<Transition> = {}): Transition {
  return {
    id: `${JOB}/2026-11-25T20:43:55.0000000Z 13 StoppedTaskNotification 0123abcd`,
    at: '2026-11-25T20:43:55.000Z',
    job: JOB,
    task: 13,
    transition: 'task-failed',
    status: 'Failed',
    reason: 'Task was failed',
    worker: 'render-036',
    frames: '1027-1028',
    errors: 3,
    ...fields,
  };
}

/** A transition of a job, with some fields as a test has them. */
export function jobTransition(fields: Partial<JobTransition> = {}): JobTransition {
  return {
    id: `${JOB}/2026-11-25T20:47:23.0000000Z JobStoppedNotification 0123abcd`,
    at: '2026-11-25T20:47:23.000Z',
    job: JOB,
    task: null,
    transition: 'job-completed',
    status: 'Completed',
    reason: 'Job was completed',
    worker: null,
    frames: '1001-1081',
    errors: 12,
    name: 'sq040_sh0310_cache_v003',
    user: 'fx-3',
    department: 'fx',
    plugin: 'Houdini',
    pool: 'fx',
    batch: null,
    tasks: 41,
    submitted: '2026-11-25T20:21:38.000Z',
    started: '2026-11-25T20:21:48.000Z',
    completed: '2026-11-25T20:47:23.000Z',
    ...fields,
  };
}
