import { tally } from '../../shared/tally.ts';
import { tellingReason } from '../../shared/telling-reason.ts';
import { elideEnd, elideMiddle } from '../../terminal/elide.ts';
import type { FailedTask } from './failed-task.ts';

/** What failed tasks can have in common, and what joins it in a sentence: `on 28 workers`. */
export const CAUSES = { worker: 'on', user: 'of', plugin: 'in', reason: 'for' } as const;
export type Cause = keyof typeof CAUSES;

/** Failed tasks that have something in common. */
export interface CauseGroup {
  /** Such as a worker's name; `undefined` for what is not known. */
  readonly key: string | undefined;
  readonly failed: number;
  /** Of all failed tasks, from 0 to 1. */
  readonly share: number;
  /** When the last of them failed, in ms since the epoch. */
  readonly newest: number | undefined;
  /** Their jobs, those with most of them first. */
  readonly jobs: readonly {
    readonly job: string;
    readonly name: string | undefined;
    readonly failed: number;
  }[];
}

/**
 * Groups failed tasks by what they have in common, the largest group first.
 *
 * @param tasks newest first
 */
export function groupByCause(tasks: readonly FailedTask[], cause: Cause): CauseGroup[] {
  const groups = Map.groupBy(tasks, (each) => keyOf(each, cause));
  const names = new Map(tasks.map(({ task, job }) => [task.job, job?.name || undefined]));
  return [...groups]
    .map(([key, own]) => ({
      key,
      failed: own.length,
      share: own.length / tasks.length,
      newest: own.find(({ task }) => task.sent !== undefined)?.task.sent,
      jobs: tally(own.map(({ task }) => task.job)).map(([job, failed]) => ({
        job,
        name: names.get(job),
        failed,
      })),
    }))
    .sort((a, b) => b.failed - a.failed);
}

function keyOf({ task, job }: FailedTask, cause: Cause): string | undefined {
  if (cause === 'worker') return task.worker || undefined;
  if (cause === 'reason') return sameReason(tellingReason(task.reason));
  return job?.[cause] || undefined;
}

/** A reason without what differs from task to task: ids of jobs and tasks. */
function sameReason(reason: string): string | undefined {
  return reason.replaceAll(/\b[0-9a-f]{24}(_\d+)?\b/g, '…') || undefined;
}

/** In columns: the most that a name takes in a sentence. */
const NAME = 40;

/** On how many workers tasks failed, by job. */
function workersByJob(tasks: readonly FailedTask[]): (job: string) => number {
  const workers = new Map<string, Set<string | undefined>>();
  for (const { task } of tasks) {
    const own = workers.get(task.job);
    if (own) own.add(task.worker);
    else workers.set(task.job, new Set([task.worker]));
  }
  return (job) => workers.get(job)?.size ?? 0;
}

/** What one cause has of all failed tasks to stand out: this share, and so many. */
const [SHARE, LEAST] = [0.5, 3];

/** Says in a sentence whether failed tasks point to one cause: a machine, a scene, or none. */
export function verdict(tasks: readonly FailedTask[], cause: Cause): string {
  const total = tasks.length;
  const [first] = groupByCause(tasks, cause).filter(({ key }) => key !== undefined);
  if (first === undefined) {
    return cause === 'reason' ? 'No task has a reason of its own.' : `No ${cause} is known.`;
  }
  const { failed, jobs } = first;
  const key = elideEnd(first.key as string, NAME);
  const has = (name: string, count: number) => `${name} has ${count} of ${total}`;
  const standsOut = (count: number) => count >= LEAST && count / total >= SHARE;
  if (cause !== 'worker') {
    if (standsOut(failed)) return `${has(key, failed)}.`;
  } else {
    const byJob = tally(tasks.map(({ task }) => task.job));
    const [id, ofScene] = byJob[0] as [string, number];
    const own = tasks.filter(({ task }) => task.job === id);
    const workersOf = workersByJob(tasks);
    const workers = workersOf(id);
    const name = elideMiddle(own.find(({ job }) => job?.name)?.job?.name ?? id, NAME);
    if (standsOut(failed)) {
      return jobs.length === 1 && workers === 1 && jobs[0]?.job === id
        ? `${has(key, failed)}, all of ${name}: look at both.`
        : `${has(key, failed)}: look at the machine.`;
    }
    const scenes = byJob.filter(([scene, count]) => count >= LEAST && workersOf(scene) >= LEAST);
    const ofScenes = scenes.reduce((sum, [, count]) => sum + count, 0);
    if (!standsOut(ofScene) && scenes.length > 1 && ofScenes / total >= SHARE) {
      return `${scenes.length} jobs have ${ofScenes} of ${total}, each on ${LEAST} or more workers: look at the scenes.`;
    }
    if (standsOut(ofScene)) {
      return `${has(name, ofScene)}, on ${workers} workers: look at the scene.`;
    }
  }
  return `No ${cause} stands out: the worst has ${failed} of ${total}.`;
}
