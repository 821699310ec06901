import { JOB_STOPPED } from '../../shared/transitions.ts';
import type { NotificationRows } from '../aws/notification-rows.ts';
import type { JobSummary, TaskSummary } from '../aws/row-summary.ts';
import { withTheirJobs } from '../failures/failed-task.ts';
import { taskStart } from '../job-times.ts';

/** A task that renders, as far as is known. */
export interface RenderingTask {
  readonly task: TaskSummary;
  /** Its job, if that has a row: a job has none until it first stops. */
  readonly job: JobSummary | undefined;
  /** When it started, in ms since the epoch; `undefined` if that is not known. */
  readonly since: number | undefined;
  /** Whether its job stopped after it started: the task's own stop was lost, or it was deleted with its job. */
  readonly isGhost: boolean;
}

/** The tasks that render, and ghosts, by the time at which SQS received that they started, oldest first. */
export async function* renderingTasks(rows: NotificationRows): AsyncGenerator<RenderingTask> {
  for await (const { task, job } of withTheirJobs(rows.renderingTasks(), rows)) {
    yield { task, job, since: taskStart(task), isGhost: stoppedAfter(job, task) };
  }
}

/** Whether a job stopped after a task of it started. */
export function stoppedAfter(
  job: JobSummary | undefined,
  { sent = Infinity }: TaskSummary,
): boolean {
  return job?.notification === JOB_STOPPED && job.sent !== undefined && job.sent > sent;
}

interface Since {
  readonly since: number | undefined;
}

/** Orders the longest first, and last those of which it is not known. */
export function byLength({ since: a = Infinity }: Since, { since: b = Infinity }: Since): number {
  return a === b ? 0 : a - b;
}

/** The longest of all, longest first. Holds no more than twice as many. */
export async function longestOf<T extends Since>(
  all: AsyncIterable<T>,
  most: number,
): Promise<T[]> {
  const longest: T[] = [];
  const trim = () => longest.sort(byLength).splice(most);
  for await (const each of all) {
    longest.push(each);
    if (longest.length >= 2 * most) trim();
  }
  trim();
  return longest;
}
