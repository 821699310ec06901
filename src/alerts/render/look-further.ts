import { COMMAND } from '../../shared/resource-names.ts';
import type { TransitionName } from '../../shared/transitions.ts';
import type { Shared } from '../message/alert-message.ts';

/** Ids that no shell takes apart. Others would need quoting, which differs between shells. */
const PLAIN = /^\w[\w.-]{0,99}$/;

const JOB_CALLS: Readonly<Partial<Record<TransitionName, (id: string) => string>>> = {
  'job-failed': (id) => `job ${id}`,
  'job-suspended': (id) => `job ${id}`,
  'job-deleted': (id) => `job ${id}`,
  'task-failed': (id) => `tasks ${id} --status Failed`,
  'task-suspended': (id) => `tasks ${id} --status Suspended`,
  'task-requeued': (id) => `history ${id}`,
  'task-stopped': (id) => `tasks ${id}`,
};

const DIGEST_CALLS: Readonly<Partial<Record<TransitionName, string>>> = {
  'job-failed': 'failed',
  'task-failed': 'failed',
  'job-suspended': 'jobs --status Suspended',
  'job-deleted': 'jobs --status Deleted',
};

/** The call for one job; `undefined` if there is nothing to look for, or no call that works in every shell. */
export function jobCall(
  transition: TransitionName,
  id: string,
  stack?: string,
): string | undefined {
  return called(PLAIN.test(id) ? JOB_CALLS[transition]?.(id) : undefined, stack);
}

/**
 * The call for many jobs.
 *
 * @param age of the oldest, in ms
 */
export function digestCall(
  transition: TransitionName,
  common: Shared | undefined,
  age: number,
  stack?: string,
): string | undefined {
  const call = DIGEST_CALLS[transition];
  if (call === undefined) return undefined;
  const field = common?.field;
  const by = field === 'plugin' || field === 'user' ? field : 'worker';
  return called(
    `${call} --since ${sinceText(age)}${call === 'failed' ? ` --by ${by}` : ''}`,
    stack,
  );
}

/** The call for what came late. */
export function lateCall(
  transitions: Iterable<TransitionName>,
  age: number,
  stack?: string,
): string | undefined {
  const all = [...transitions];
  if (all.some((each) => each.endsWith('-failed'))) {
    return called(`failed --since ${sinceText(age)}`, stack);
  }
  const isOfJob = all.some((each) => each.startsWith('job-'));
  return called(isOfJob ? `jobs --since ${sinceText(age)}` : undefined, stack);
}

function called(call: string | undefined, stack: string | undefined): string | undefined {
  if (call === undefined) return undefined;
  return `${COMMAND} ${call}${stack === undefined ? '' : ` --stack ${stack}`}`;
}

const [MINUTE, HOUR, DAY] = [60_000, 3_600_000, 86_400_000];

/** A duration that reaches back far enough when it is typed a little later: `15m`, or whole hours, or whole days. */
function sinceText(age: number): string {
  const known = Math.max(0, age || 0);
  if (known <= 10 * MINUTE) return '15m';
  const hours = Math.ceil((known + HOUR / 2) / HOUR);
  return hours <= 48 ? `${hours}h` : `${Math.ceil((known + HOUR / 2) / DAY)}d`;
}
