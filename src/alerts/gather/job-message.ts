import { joinFrames } from '../../shared/frames.ts';
import type { JobTransition, Transition } from '../../shared/history-entry.ts';
import { type Tally, tally, UNNAMED } from '../../shared/tally.ts';
import { tellingReason } from '../../shared/telling-reason.ts';
import type { TransitionName } from '../../shared/transitions.ts';
import type { JobFacts, JobMessage } from '../message/alert-message.ts';
import { isOfJob } from './facts-of-job.ts';
import { failedTasks, type LastOfTasks, lastOfTasks } from './last-of-tasks.ts';
import { countsOf, worstOf } from './severity.ts';
import { toldOf } from './told.ts';

/** A job's own stop among what is told of it: the last, if there are several. */
export function ownStop(told: readonly Transition[]): JobTransition | undefined {
  return told.findLast(isOfJob);
}

/** Whether failed tasks tell more of a job's own stop. */
export function leavesFailedTasks(stop: JobTransition | undefined): boolean {
  return stop?.transition === 'job-failed' || stop?.transition === 'job-suspended';
}

/**
 * What became of one job.
 *
 * @param told its transitions that the alert tells, oldest first
 * @param last of each of the job's tasks, whether it is told or not; `undefined` if that is not known
 */
export function jobMessage(
  alert: string,
  job: JobFacts,
  told: readonly Transition[],
  last: LastOfTasks | undefined,
): JobMessage {
  const stop = ownStop(told);
  const transition = stop?.transition ?? worstOf(told);
  const tasks = stop ? tasksOfStop(stop, last) : tasksWith(transition, told);
  // A failed task of such a stop counts among its tasks.
  const covered = tasks && leavesFailedTasks(stop) ? 'task-failed' : transition;
  return {
    ...toldOf(alert, told),
    kind: 'job',
    transition,
    job,
    count: tasks?.length,
    also: otherTasks(told, covered),
    frames: joinFrames(tasks?.map(({ frames }) => frames ?? undefined) ?? []),
    workers: workersOf(tasks ?? []),
    reason: reasonOf(stop, tasks ?? []),
    errors: stop?.errors ?? undefined,
    ran: stop && ranFor(stop),
  };
}

/**
 * The tasks that a job's own stop is about; `undefined` if they are not known. A job that failed without a failed
 * task is one whose history began later.
 */
function tasksOfStop(
  stop: JobTransition,
  last: LastOfTasks | undefined,
): readonly Transition[] | undefined {
  if (stop.transition === 'job-completed') return [];
  const failed = last && leavesFailedTasks(stop) ? failedTasks(last) : [];
  return failed.length > 0 ? failed : undefined;
}

function tasksWith(transition: TransitionName, told: readonly Transition[]): Transition[] {
  return [...lastOfTasks(told.filter((each) => each.transition === transition)).values()];
}

/** How many tasks had each other transition. */
function otherTasks(told: readonly Transition[], covered: TransitionName) {
  const others = Map.groupBy(
    told.filter((each) => !isOfJob(each) && each.transition !== covered),
    ({ transition }) => transition,
  );
  return countsOf(
    [...others].flatMap(([transition, of]) => [...lastOfTasks(of)].map(() => transition)),
  );
}

/** How many tasks each worker had; empty if no worker is known. */
export function workersOf(tasks: readonly Transition[]): Tally {
  if (!tasks.some(({ worker }) => worker)) return [];
  return tally(tasks.map(({ worker }) => worker || UNNAMED));
}

/** The stop's own reason, or else that of most of the tasks. */
function reasonOf(stop: JobTransition | undefined, tasks: readonly Transition[]): string {
  const own = tellingReason(stop?.reason ?? undefined);
  if (own !== '') return own;
  const telling = tasks.map(({ reason }) => tellingReason(reason ?? undefined));
  return tally(telling.filter((reason) => reason !== ''))[0]?.[0] ?? '';
}

/** How long a job ran until it stopped, in ms. */
function ranFor({ transition, at, started, completed }: JobTransition): number | undefined {
  const end = (transition === 'job-completed' ? completed : undefined) ?? at;
  const ran = Date.parse(end) - Date.parse(started ?? '');
  return ran >= 0 ? ran : undefined;
}
