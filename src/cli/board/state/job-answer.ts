import { countFrames } from '../../../shared/frames.ts';
import type { Transition } from '../../../shared/history-entry.ts';
import { FAILED } from '../../../shared/indexes.ts';
import { parseTimeSpan } from '../../../shared/run-time.ts';
import { tellingReason } from '../../../shared/telling-reason.ts';
import { byTime } from '../../../shared/transition-order.ts';
import type { JobSummary, TaskSummary } from '../../aws/row-summary.ts';
import { taskOverview } from '../../job/task-overview.ts';
import { taskStart } from '../../job-times.ts';
import { RENDERING } from '../../status.ts';
import type { JobState, TaskState } from './farm-state.ts';
import type { TaskMoment } from './job-history.ts';
import { transitionOfJob, transitionOfTask } from './row-transition.ts';
import { jobFacts } from './stopped-job.ts';
import { requeuesByWorker } from './worker-tally.ts';

/** Transitions on a job's page, at most. */
const MOST_TRANSITIONS = 1_000;

/** What is known of a job. */
export interface JobRead {
  readonly id: string;
  /** `undefined` until it first stops. */
  readonly row: JobSummary | undefined;
  readonly tasks: readonly TaskSummary[];
  /** `undefined` where the history is off. */
  readonly history:
    | { readonly transitions: readonly Transition[]; readonly moments: readonly TaskMoment[] }
    | undefined;
}

/** A job's page. */
export async function jobAnswer({
  id,
  row,
  tasks,
  history,
}: JobRead): Promise<Omit<JobState, 'status'>> {
  const overview = await taskOverview(each(tasks), row?.sent);
  const requeues = history && countRequeues(history.moments);
  const { frames } = overview.failed;
  return {
    job: {
      ...jobFacts(id, row, row?.status, overview.counts.get(FAILED) ?? 0),
      group: row?.group || null,
      priority: row?.priority ?? null,
      frames: row?.frames || null,
      submitted: row?.submitted ?? null,
      started: row?.started ?? null,
      requeues: requeues?.values().reduce((sum, count) => sum + count, 0) ?? null,
      isNamed: row !== undefined,
      goesOn: overview.isRendering,
    },
    tasks: tasks.map((task) => taskState(task, requeues)).sort(byId),
    failedFrames: frames,
    failedFrameCount: (frames && countFrames(frames)) || null,
    requeuesByWorker: history ? requeuesByWorker(history.moments) : null,
    transitions: (history?.transitions ?? rowTransitions(row, tasks))
      .toSorted((a, b) => byTime(b, a))
      .slice(0, MOST_TRANSITIONS),
  };
}

async function* each<T>(all: readonly T[]): AsyncGenerator<T> {
  yield* all;
}

function countRequeues(moments: readonly TaskMoment[]): ReadonlyMap<number | string, number> {
  const counts = new Map<number | string, number>();
  for (const { task, isRequeue } of moments) {
    if (isRequeue) counts.set(task, (counts.get(task) ?? 0) + 1);
  }
  return counts;
}

function taskState(
  row: TaskSummary,
  requeues: ReadonlyMap<number | string, number> | undefined,
): TaskState {
  const { task, status, worker, frames, completed, sent, errors, reason } = row;
  const started = taskStart(row);
  const ran = parseTimeSpan(row.renderTime);
  const end = started === undefined || ran === undefined ? undefined : started + ran;
  return {
    task,
    status: status ?? null,
    worker: worker || null,
    frames: frames || null,
    started: started ?? null,
    // A worker's clock may be wrong: it stopped before SQS received that it did.
    stopped: status === RENDERING ? null : earlier(completed ?? end, sent),
    ran: status === RENDERING ? null : (ran ?? null),
    errors: errors ?? null,
    reason: tellingReason(reason),
    requeues: requeues === undefined ? null : (requeues.get(task) ?? 0),
  };
}

function rowTransitions(row: JobSummary | undefined, tasks: readonly TaskSummary[]): Transition[] {
  const all = [row && transitionOfJob(row), ...tasks.map(transitionOfTask)];
  return all.filter((transition) => transition !== undefined);
}

/** By number; ids that are no exact numbers come last. */
function byId({ task: a }: TaskState, { task: b }: TaskState): number {
  return Number(a) - Number(b);
}

function earlier(a: number | undefined, b: number | undefined): number | null {
  return a !== undefined && b !== undefined ? Math.min(a, b) : (a ?? b ?? null);
}
