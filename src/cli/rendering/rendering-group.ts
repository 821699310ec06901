import type { CompletedCount, NotificationRows } from '../aws/notification-rows.ts';
import type { JobSummary } from '../aws/row-summary.ts';
import { byLength, type RenderingTask } from './rendering-task.ts';

/** A job with tasks that render. */
export interface RenderingJob {
  readonly id: string;
  /** Its row, if it has one: a job has none until it first stops. */
  readonly job: JobSummary | undefined;
  /** When the task started that has rendered longest, in ms since the epoch. */
  readonly since: number | undefined;
  readonly rendering: number;
  readonly ghosts: number;
  /** How many of its tasks are completed; `undefined` if they were not counted. */
  readonly done: CompletedCount | undefined;
}

/** Groups tasks by job, the longest first. Holds a group for each job, not the tasks. */
export async function groupByJob(tasks: AsyncIterable<RenderingTask>): Promise<RenderingJob[]> {
  const jobs = new Map<string, RenderingJob>();
  for await (const { task, job, since, isGhost } of tasks) {
    const id = task.job;
    const before = jobs.get(id) ?? { rendering: 0, ghosts: 0, since: undefined };
    jobs.set(id, {
      id,
      job,
      since: [before, { since }].sort(byLength)[0]?.since,
      rendering: before.rendering + (isGhost ? 0 : 1),
      ghosts: before.ghosts + (isGhost ? 1 : 0),
      done: undefined,
    });
  }
  return [...jobs.values()].sort(byLength);
}

/** Jobs whose tasks are counted at once. */
const AT_ONCE = 8;
/** Pages of a job's tasks that are read to count them, at most: some 4,000 tasks, for 512 read units. */
const PAGES = 4;

/** Adds how many tasks of each job are completed. */
export async function* withDone(
  jobs: readonly RenderingJob[],
  rows: NotificationRows,
): AsyncGenerator<RenderingJob> {
  for (let index = 0; index < jobs.length; index += AT_ONCE) {
    yield* await Promise.all(
      jobs
        .slice(index, index + AT_ONCE)
        .map(async (each) => ({ ...each, done: await rows.countCompleted(each.id, PAGES) })),
    );
  }
}
