import { entryToTransition, type HistoryEntry } from '../../shared/history-entry.ts';
import { parseTime } from '../../shared/notification-time.ts';
import { parseTimeSpan } from '../../shared/run-time.ts';
import { JOB_STOPPED } from '../../shared/transitions.ts';
import type { JobSummary, TaskSummary } from '../aws/row-summary.ts';
import { DELETED } from '../status.ts';
import { type Try, triesOf } from './task-tries.ts';

/** The notification's own time, in ms since the epoch. */
export function timeOf(entry: HistoryEntry): number | undefined {
  return parseTime(entryToTransition(entry).at);
}

/** Whether an entry is of a job, not of a task. */
export function isOfJob({ transition }: HistoryEntry): boolean {
  return transition.startsWith('job-');
}

/** An entry of a task in the form of its row. `sent` is the notification's own time. */
export function taskOfEntry(entry: HistoryEntry): TaskSummary {
  const { job_id, task = '', frames, status, reason, worker, renderTime, errors } = entry;
  return {
    ...{ job: job_id, task, frames, status, reason, worker, renderTime, errors },
    ...{ progress: undefined, started: undefined, completed: undefined },
    sent: timeOf(entry),
    notification: undefined,
  };
}

/** An entry of a job in the form of its row. `sent` is the notification's own time. */
export function jobOfEntry(entry: HistoryEntry): JobSummary {
  const { job_id, name, user, reason, errors, tasks, frames } = entry;
  const { batch, department, plugin, pool, transition, status } = entry;
  return {
    ...{ job: job_id, name, user, reason, errors, tasks, frames, batch, department, plugin, pool },
    status: transition === 'job-deleted' ? DELETED : status,
    deadlineStatus: status,
    group: undefined,
    priority: undefined,
    submitted: parseTime(entry.submitted),
    started: parseTime(entry.started),
    completed: parseTime(entry.completed),
    sent: timeOf(entry),
    notification: JOB_STOPPED,
  };
}

/** The tries that entries of tasks tell of. */
export function triesOfEntries(entries: readonly HistoryEntry[]): Try[] {
  return triesOf(
    entries.flatMap((entry) => {
      const { task, transition, worker, renderTime, errors } = entry;
      if (task === undefined || isOfJob(entry)) return [];
      const isStart = transition === 'task-started';
      return [{ task, isStart, worker, ran: parseTimeSpan(renderTime), errors }];
    }),
  );
}
