import { FAILED } from '../../shared/indexes.ts';
import type { JobSummary, TaskSummary } from '../aws/row-summary.ts';
import { SENDING } from '../job-times.ts';
import { COMPLETED, DELETED, RENDERING, SUSPENDED } from '../status.ts';
import type { FailedTask } from './failed-task.ts';

/** The statuses of failed jobs and of those with failed tasks, in the order in which they matter. */
const SECTIONS: readonly string[] = [FAILED, RENDERING, SUSPENDED, COMPLETED, DELETED];

/** A job that failed or has failed tasks. */
export interface FailedJob {
  readonly id: string;
  /** One of `SECTIONS`. */
  readonly status: string;
  /** Its row; it has none until it first stops. */
  readonly summary: JobSummary | undefined;
  /** Its failed tasks, newest first. */
  readonly tasks: readonly TaskSummary[];
  /** When the last and the first of its tasks failed, or else when it stopped, in ms since the epoch. */
  readonly newest: number | undefined;
  readonly oldest: number | undefined;
}

/**
 * Groups failed tasks by their jobs, and adds the jobs that stopped without any: by section, then newest first.
 *
 * @param jobs those that stopped as failed, or otherwise without success
 * @param tasks newest first
 */
export function failedJobs(jobs: readonly JobSummary[], tasks: readonly FailedTask[]): FailedJob[] {
  const summaries = new Map<string, JobSummary | undefined>();
  const tasksOf = new Map<string, TaskSummary[]>();
  for (const { task, job } of tasks) {
    summaries.set(task.job, job);
    const before = tasksOf.get(task.job);
    if (before) before.push(task);
    else tasksOf.set(task.job, [task]);
  }
  for (const job of jobs) summaries.set(job.job, summaries.get(job.job) ?? job);
  const all = [...summaries].map(([id, summary]) => {
    const own = tasksOf.get(id) ?? [];
    const times = own.map(({ sent }) => sent).filter((sent) => sent !== undefined);
    const [newest = summary?.sent, oldest = summary?.sent] = [times[0], times.at(-1)];
    return { id, status: statusNow(summary, newest), summary, tasks: own, newest, oldest };
  });
  return all.sort(
    (a, b) =>
      SECTIONS.indexOf(a.status) - SECTIONS.indexOf(b.status) ||
      (b.newest ?? -Infinity) - (a.newest ?? -Infinity),
  );
}

/**
 * A job's status now. Deadline sends nothing when a job starts or goes on: what failed after its stop tells.
 *
 * @param lastFailure when its last task failed, in ms since the epoch
 */
function statusNow(job: JobSummary | undefined, lastFailure = -Infinity): string {
  const { status = '', sent } = job ?? {};
  if (!SECTIONS.includes(status)) return RENDERING;
  return sent !== undefined && lastFailure > sent + SENDING ? RENDERING : status;
}
