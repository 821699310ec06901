import { countFrames, joinFrames } from '../../../shared/frames.ts';
import { tally, UNNAMED } from '../../../shared/tally.ts';
import { tellingReason } from '../../../shared/telling-reason.ts';
import type { JobSummary, TaskSummary } from '../../aws/row-summary.ts';
import { beginning, ranFor } from '../../job-times.ts';
import type { JobWithFailures, StoppedJob } from './farm-state.ts';

/** Ids of failed tasks in a strip, at most. */
const MOST_IDS = 1_000;

/** What the failed tasks of the farm say of its jobs. */
export interface FailedTasks {
  /** Those of each job, newest first. */
  readonly byJob: ReadonlyMap<string, readonly TaskSummary[]>;
  /** The time since which all are known, in ms since the epoch. */
  readonly since: number;
}

export function failedTasksByJob(tasks: Iterable<TaskSummary>, since: number): FailedTasks {
  const newestFirst = [...tasks].sort((a, b) => (b.sent ?? 0) - (a.sent ?? 0));
  return { byJob: Map.groupBy(newestFirst, ({ job }) => job), since };
}

/** A job that stopped; one with failed tasks has them. */
export function stoppedJob(
  row: JobSummary,
  { byJob, since }: FailedTasks,
): StoppedJob | JobWithFailures {
  const own = byJob.get(row.job) ?? [];
  if (own.length > 0) return jobWithFailures(row.job, row, row.status, own);
  return jobFacts(row.job, row, row.status, beginning(row) >= since ? 0 : undefined);
}

/**
 * @param row the job's; it has none until it first stops
 * @param status what is known to have become of it
 * @param own its failed tasks, newest first
 */
export function jobWithFailures(
  id: string,
  row: JobSummary | undefined,
  status: string | undefined,
  own: readonly TaskSummary[],
): JobWithFailures {
  const frames = joinFrames(own.map((task) => task.frames));
  const ids = own.map(({ task }) => task).filter((task) => typeof task === 'number');
  return {
    ...jobFacts(id, row, status, own.length),
    failedTasks: ids.sort((a, b) => a - b).slice(0, MOST_IDS),
    frames,
    frameCount: (frames && countFrames(frames)) || null,
    workers: tally(own.map(({ worker }) => worker || UNNAMED)),
    lastFailed: own[0]?.sent ?? null,
  };
}

/** What a job's row says of it; of one without a row, nothing. */
export function jobFacts(
  id: string,
  row: JobSummary | undefined,
  status: string | undefined,
  failed: number | undefined,
): StoppedJob {
  return {
    job: id,
    name: row?.name || null,
    status: status ?? null,
    user: row?.user || null,
    department: row?.department || null,
    plugin: row?.plugin || null,
    pool: row?.pool || null,
    batch: row?.batch || null,
    errors: row?.errors ?? null,
    tasks: row?.tasks ?? null,
    failed: failed ?? null,
    ran: (row && ranFor(row)) ?? null,
    stopped: row?.sent ?? null,
    reason: tellingReason(row?.reason),
  };
}
