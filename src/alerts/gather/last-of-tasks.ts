import type { Transition } from '../../shared/history-entry.ts';
import { byTime } from '../../shared/transition-order.ts';

/** The last transition of each task of a job, by the task's id. */
export type LastOfTasks = ReadonlyMap<number, Transition>;

/**
 * The last transition of each task of a job, by the notifications' own times. Those of the job itself are left out.
 *
 * @param transitions of one job, in any order
 * @param known the last transitions among others of the same job
 */
export function lastOfTasks(transitions: Iterable<Transition>, known?: LastOfTasks): LastOfTasks {
  const last = new Map(known);
  for (const each of transitions) {
    if (each.task === null) continue;
    const before = last.get(each.task);
    if (before === undefined || byTime(before, each) < 0) last.set(each.task, each);
  }
  return last;
}

/** The tasks whose last transition is that they failed. */
export function failedTasks(last: LastOfTasks): Transition[] {
  return [...last.values()].filter(({ transition }) => transition === 'task-failed');
}
