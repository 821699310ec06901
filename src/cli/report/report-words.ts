import { workersTexts } from '../../shared/tally.ts';
import { elideEnd } from '../../terminal/elide.ts';
import { bytesText, countedText, countText, hoursText } from '../amount-text.ts';
import { shortIds } from '../columns.ts';
import { RENDERING } from '../status.ts';
import type { Report, ReportedJob, Share, Unit } from './report-model.ts';

/** What stands for what is not known. */
export const UNKNOWN = 'not known';

const FIGURES: Readonly<Record<Unit, (value: number) => string>> = {
  count: countText,
  seconds: hoursText,
  bytes: bytesText,
};

/** A figure in its unit. */
export function figureText(value: number | null, unit: Unit): string {
  return value === null ? UNKNOWN : FIGURES[unit](value);
}

/** Such as `7 of 41 tasks failed`, or `2 tasks failed so far`. */
export function failedTasksText(job: ReportedJob): string {
  return failedTasksParts(job).join('');
}

/** The same as the number, which is empty if no task failed, and the rest. */
export function failedTasksParts({
  failedTasks,
  tasks,
  status,
  name,
}: ReportedJob): readonly [count: string, rest: string] {
  const failed = failedTasks.length;
  if (failed === 0) return ['', 'no task failed'];
  const count = countText(failed);
  if (tasks !== null) return [count, ` of ${countedText(tasks, 'task')} failed`];
  const soFar = status === RENDERING && name === null ? ' so far' : '';
  return [count, ` ${failed === 1 ? 'task' : 'tasks'} failed${soFar}`];
}

/** Columns of a worker's name among others. */
const SHOWN = 24;

/**
 * The ids of the jobs that failed, as long as it takes to tell them apart; empty for a job without a name, which is called
 * by its id.
 */
export function failureIds({ failed: { jobs } }: Report): string[] {
  const short = shortIds(jobs.map(({ job }) => job));
  return jobs.map(({ job, name }) => (name === null ? '' : short(job)));
}

/**
 * On which workers tasks failed, in few words, such as `render-035 ×2, 5 others, one each`; empty if none is known.
 *
 * @param brief shortens the name of one, or marks it
 */
export function timesOnWorkers(
  workers: ReportedJob['workers'],
  brief = (name: string) => elideEnd(name, SHOWN),
): string {
  return workersTexts(workers, brief)[0] ?? '';
}

/** What a job is called: it has a name once it has stopped. */
export function jobText({ name, job }: { readonly name: string | null; readonly job: string }) {
  return name ?? job;
}

/** Who rendered. */
export function shareText({ name }: Share, { shares }: Report): string {
  return name ?? (shares.by === 'department' ? 'no department' : 'user not known');
}

/** What is said of rows that are not listed, such as `4 more machines with 7 failed tasks.`; null if there are none. */
export function moreText(left: number, what: string, failedTasks: number): string | null {
  if (left === 0) return null;
  const failed = failedTasks === 0 ? '' : ` with ${countedText(failedTasks, 'failed task')}`;
  return `${countedText(left, `more ${what}`)}${failed}.`;
}

/** What a worker is called. */
export function workerText(worker: string | null): string {
  return worker ?? 'worker not known';
}
