import type { JobTransition, Transition } from '../../../shared/history-entry.ts';
import { transitionOf } from '../../../shared/transitions.ts';
import type { JobSummary, TaskSummary } from '../../aws/row-summary.ts';
import { RENDERING } from '../../status.ts';

/**
 * The transition that a job's row tells of, in the history's shape. Its time is when SQS received it.
 *
 * @returns `undefined` for a row of a notification that is no stop, or of unknown time
 */
export function transitionOfJob(row: JobSummary): JobTransition | undefined {
  const { notification: name = '', deadlineStatus: status, sent } = row;
  const transition = transitionOf({ kind: 'job', name, status });
  if (transition === undefined || sent === undefined) return undefined;
  return {
    ...common(row.job, '', sent, transition),
    ...{ task: null, transition, status: status ?? null, worker: null },
    reason: row.reason ?? null,
    frames: row.frames ?? null,
    errors: row.errors ?? null,
    name: row.name ?? null,
    user: row.user ?? null,
    department: row.department ?? null,
    plugin: row.plugin ?? null,
    pool: row.pool ?? null,
    batch: row.batch ?? null,
    tasks: row.tasks ?? null,
    submitted: isoTime(row.submitted),
    started: isoTime(row.started),
    completed: isoTime(row.completed),
  };
}

/** The same for a task's row. */
export function transitionOfTask(row: TaskSummary): Transition | undefined {
  const { task, status, sent } = row;
  if (sent === undefined) return undefined;
  // Not all indexes have the notification's name.
  const name = status === RENDERING ? 'Started' : 'Stopped';
  const transition = transitionOf({ kind: 'task', name, status }) ?? 'task-stopped';
  return {
    ...common(row.job, task, sent, transition),
    task: typeof task === 'number' ? task : null,
    transition,
    status: status ?? null,
    reason: row.reason ?? null,
    worker: row.worker ?? null,
    frames: row.frames ?? null,
    errors: row.errors ?? null,
  };
}

/** Its id is in the form of those of the history: `timeOfId` reads both. */
function common(job: string, task: number | string, sent: number, transition: string) {
  const at = new Date(sent).toISOString();
  return { id: `${job}/${at.slice(0, -1)}#${task}#${transition}`, at, job };
}

function isoTime(ms: number | undefined): string | null {
  return ms === undefined ? null : new Date(ms).toISOString();
}
