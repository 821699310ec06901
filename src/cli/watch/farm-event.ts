import { joinFrames } from '../../shared/frames.ts';
import type { JobSummary, TaskSummary } from '../aws/row-summary.ts';

/** What a watch shows: a job that stopped, or a task whose row changed. */
export type FarmEvent = StoppedJob | ChangedTask;

export interface StoppedJob {
  readonly job: JobSummary;
  readonly task?: undefined;
  /** Its failed tasks; not set if they were not read. */
  readonly failed?: FailedTasks | undefined;
}

export interface ChangedTask {
  readonly task: TaskSummary;
  /** The job that it belongs to; not set if it never stopped. */
  readonly job: JobSummary | undefined;
}

/** Tasks of a job that failed. */
export interface FailedTasks {
  readonly count: number;
  /** Joined, such as `1001-1040, 1051`. */
  readonly frames: string;
}

export function failedTasks(tasks: readonly TaskSummary[]): FailedTasks {
  return { count: tasks.length, frames: joinFrames(tasks.map(({ frames }) => frames)) };
}

/** The row that an event is about. */
export function rowOf({ task, job }: FarmEvent): JobSummary | TaskSummary {
  return task ?? job;
}

/** When an event was sent, in ms since the epoch, to sort by; last what was sent at an unknown time. */
export function sentTime(event: FarmEvent): number {
  return rowOf(event).sent ?? Number.MAX_VALUE;
}

/** What `--json` prints: of a task what `failed` does; of a job what `jobs` does, and null as its task. */
export function eventObject({ task, job }: FarmEvent): object {
  if (task === undefined) return { ...job, task: null };
  const { sent, status, frames, worker, errors, reason } = task;
  const { name, user } = job ?? {};
  return {
    ...{ sent, job: task.job, task: task.task, name, user },
    ...{ status, frames, worker, errors, reason },
  };
}
