import type { HistoryLevel } from '../../../shared/setting-values.ts';
import { type Tally, tally, UNNAMED } from '../../../shared/tally.ts';
import type { TaskSummary } from '../../aws/row-summary.ts';
import { triesOf } from '../../history/task-tries.ts';
import type { WorkerLine, WorkersState } from './farm-state.ts';
import type { TaskMoment } from './job-history.ts';

const HOUR = 3_600_000;

/** What workers did in a time span, in ms since the epoch. */
export interface WorkersOf {
  readonly since: number;
  readonly until: number;
  readonly level: HistoryLevel;
  /** Tasks that failed, by their last try. */
  readonly failed: readonly TaskSummary[];
  /** By job, what the history has. */
  readonly moments: readonly (readonly TaskMoment[])[];
}

interface Work {
  failed: number;
  requeued: number;
  tasks: number;
  rendered: number;
  readonly failedByHour: number[];
}

/** What each worker did, the worst first: most failures, then most requeues. */
export function workerLines(given: WorkersOf): WorkersState['workers'] {
  const { since, until, level, failed } = given;
  const hours = Math.max(1, Math.ceil((until - since) / HOUR));
  const works = new Map<string, Work>();
  const workOf = (worker: string | undefined): Work => {
    const name = worker || UNNAMED;
    const known = works.get(name);
    if (known) return known;
    const work = {
      failed: 0,
      requeued: 0,
      tasks: 0,
      rendered: 0,
      failedByHour: Array(hours).fill(0),
    };
    works.set(name, work);
    return work;
  };
  for (const { worker, sent = since } of failed) {
    const work = workOf(worker);
    work.failed += 1;
    const hour = Math.floor((sent - since) / HOUR);
    if (hour >= 0 && hour < hours) work.failedByHour[hour] = (work.failedByHour[hour] ?? 0) + 1;
  }
  for (const moments of given.moments) {
    const isInSpan = ({ at }: TaskMoment) => at >= since && at <= until;
    for (const { worker } of requeuesOf(moments).filter(isInSpan)) workOf(worker).requeued += 1;
    if (level === 'all') addTries(moments.filter(isInSpan), workOf);
  }
  return [...works]
    .map(([worker, { failedByHour, ...work }]) => ({
      worker,
      failed: work.failed,
      requeued: level === 'off' ? null : work.requeued,
      tasks: level === 'all' ? work.tasks : null,
      rendered: level === 'all' ? work.rendered : null,
      failedByHour,
    }))
    .sort(worstFirst);
}

/** A job's requeues, each with the worker that gave the task up: its own, or the one that had started it. */
export function requeuesOf(moments: readonly TaskMoment[]): TaskMoment[] {
  if (!moments.some(({ isRequeue }) => isRequeue)) return [];
  const starters = new Map<number | string, string | undefined>();
  const requeues: TaskMoment[] = [];
  for (const each of moments.toSorted((a, b) => a.at - b.at)) {
    if (each.isStart) starters.set(each.task, each.worker);
    if (!each.isRequeue) continue;
    requeues.push({ ...each, worker: each.worker || starters.get(each.task) });
  }
  return requeues;
}

/** How many requeues of a job each worker had, the most first. */
export function requeuesByWorker(moments: readonly TaskMoment[]): Tally {
  return tally(requeuesOf(moments).map(({ worker }) => worker || UNNAMED));
}

/** Adds how many tasks of a job a worker tried, and how long it rendered. */
function addTries(
  moments: readonly TaskMoment[],
  workOf: (worker: string | undefined) => Work,
): void {
  const tried = new Set<string>();
  for (const { task, worker, ran = 0 } of triesOf(moments.toSorted((a, b) => a.at - b.at))) {
    const work = workOf(worker);
    work.rendered += ran;
    const key = `${task} ${worker}`;
    if (!tried.has(key)) work.tasks += 1;
    tried.add(key);
  }
}

const COLLATOR = new Intl.Collator('en', { numeric: true });

function worstFirst(a: WorkerLine, b: WorkerLine): number {
  return (
    b.failed - a.failed ||
    (b.requeued ?? 0) - (a.requeued ?? 0) ||
    COLLATOR.compare(a.worker, b.worker)
  );
}
