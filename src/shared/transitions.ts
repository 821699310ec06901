import { FAILED } from './indexes.ts';
import type { Kind } from './kinds.ts';
import type { HistoryLevel } from './setting-values.ts';

/** What a notification can say that became of a job or a task. */
export const TRANSITIONS = [
  'job-completed',
  'job-failed',
  'job-suspended',
  'job-deleted',
  'task-started',
  'task-completed',
  'task-failed',
  'task-suspended',
  'task-requeued',
  'task-stopped',
] as const;
export type TransitionName = (typeof TRANSITIONS)[number];

/** Deadline's only documented notification of jobs. */
export const JOB_STOPPED = 'JobStoppedNotification';

const JOB_STATUSES: ReadonlyMap<unknown, TransitionName> = new Map([
  ['Completed', 'job-completed'],
  [FAILED, 'job-failed'],
  ['Suspended', 'job-suspended'],
]);

const TASK_STATUSES: ReadonlyMap<unknown, TransitionName> = new Map([
  ['Completed', 'task-completed'],
  [FAILED, 'task-failed'],
  ['Suspended', 'task-suspended'],
  ['Queued', 'task-requeued'],
]);

/** The transitions of tasks that someone may have to act on. */
const TASK_PROBLEMS: ReadonlySet<TransitionName> = new Set([
  'task-failed',
  'task-suspended',
  'task-requeued',
]);

/** What tells a notification's transition: the table it belongs to, its `Name`, and its status. */
export interface Stop {
  readonly kind: Kind;
  readonly name: string;
  readonly status: unknown;
}

/**
 * What a notification says became of its job or task. A stop with any status of a job that goes on is a
 * deletion, for which Deadline has no status. A task that stopped in a status that its manual does not have is
 * `task-stopped`.
 *
 * @returns `undefined` for a notification of a job that is no stop, such as that of `doctor`
 */
export function transitionOf({ kind, name, status }: Stop): TransitionName | undefined {
  if (kind === 'job') {
    return name === JOB_STOPPED ? (JOB_STATUSES.get(status) ?? 'job-deleted') : undefined;
  }
  return name.startsWith('Started')
    ? 'task-started'
    : (TASK_STATUSES.get(status) ?? 'task-stopped');
}

/** Whether the history of this level has a transition. */
export function isRecorded(transition: TransitionName, level: HistoryLevel): boolean {
  if (level === 'problems') return transition.startsWith('job-') || TASK_PROBLEMS.has(transition);
  return level === 'all';
}
