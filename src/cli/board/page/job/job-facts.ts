import type { JobState } from '../../state/farm-state.ts';
import { clockSeconds, count, duration, UNKNOWN, whenWhole } from '../page-format.ts';
import { DEFAULT_HOURS, filteredJobs, hoursBack } from '../route.ts';
import type { Status } from '../status-marks.ts';
import { statusOf } from '../status-marks.ts';
import { cellStatus, type TaskCells } from './task-cells.ts';

/** A fact of a job's head. */
export interface JobFact {
  readonly name: string;
  readonly value: string;
  /** The path of the jobs with this value. */
  readonly link?: string;
  /** What follows the value at once. */
  readonly and?: string;
  /** What stands behind it, quieter. */
  readonly more?: string;
  /** All of it, where the value is shortened. */
  readonly title?: string;
  /** It is for copying into something else. */
  readonly isCopied?: boolean;
}

/**
 * Facts of a job: those of its last stop, or of what goes on. Not known is "–"; what there is not is "none".
 *
 * @param median how long its completed tasks took, in ms
 */
export function jobFacts(
  { job, tasks }: JobState,
  cells: TaskCells,
  median: number | null,
  now: number,
): JobFact[] {
  const seen = cells.byId.size + cells.others.length;
  const seenFact = {
    name: 'Tasks seen',
    value: count(seen),
    ...(job.tasks === null ? {} : { more: `of ${count(job.tasks)}` }),
  };
  const medianFact = { name: 'Median task', value: duration(median) };
  if (!job.isNamed) {
    const begins = tasks.map(({ started }) => started).filter((started) => started !== null);
    const began = begins.length === 0 ? null : begins.reduce((a, b) => Math.min(a, b));
    return [timeFact('First task started', began), medianFact, seenFact];
  }
  const hours = hoursBack(job.stopped, now);
  const since = hours === DEFAULT_HOURS ? {} : { since: `${hours}h` };
  const filter = (field: 'user' | 'department' | 'plugin' | 'pool', otherwise: string) => {
    const value = job[field];
    return value ? { value, link: filteredJobs(field, value, since) } : { value: otherwise };
  };
  const who = [
    { name: 'User', ...filter('user', UNKNOWN) },
    { name: 'Department', ...filter('department', 'none') },
    { name: 'Plugin', ...filter('plugin', UNKNOWN) },
    { name: 'Pool, group', ...filter('pool', 'none'), and: `, ${job.group || 'none'}` },
    { name: 'Batch', value: job.batch || 'none' },
    { name: 'Priority', value: count(job.priority) },
    { name: 'Frames', value: job.frames || UNKNOWN, title: job.frames ?? '', isCopied: true },
  ];
  const errors = { name: 'Errors', value: count(job.errors) };
  if (job.goesOn) {
    const renders = { name: 'Renders for', value: span(job.started, now) };
    return [...who, timeFact('Started', job.started), renders, medianFact, errors, seenFact];
  }
  const wait = span(job.submitted, job.started);
  return [
    ...who,
    timeFact('Submitted', job.submitted),
    { ...timeFact('Started', job.started), ...(wait === UNKNOWN ? {} : { more: `after ${wait}` }) },
    { name: 'Ran for', value: duration(job.ran) },
    errors,
    ...(job.requeues === null ? [] : [{ name: 'Requeues', value: count(job.requeues) }]),
  ];
}

/** What the chip beside the name says: that tasks go on counts more than how the job last stopped. */
export function jobChip({ job }: JobState, cells: TaskCells): { mark: Status; word: string } {
  const renders = (cells.counts.get('rendering') ?? 0) > 0;
  if (job.goesOn || (!job.isNamed && renders)) return { mark: 'rendering', word: 'Rendering' };
  if (!job.isNamed) return { mark: 'none', word: 'Not stopped yet' };
  const mark = statusOf(job.status);
  return { mark, word: mark === 'deleted' ? 'Deleted' : (job.status ?? 'Stopped') };
}

/** How long a job's completed tasks took, in ms; null if none did, or that is not known. */
export function medianRan(tasks: JobState['tasks']): number | null {
  const ran = tasks
    .filter(({ status }) => cellStatus(status) === 'completed')
    .map((task) => task.ran)
    .filter((each) => each !== null)
    .sort((a, b) => a - b);
  const middle = ran.length / 2;
  const [low, high] = [ran[Math.ceil(middle) - 1], ran[Math.floor(middle)]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}

function timeFact(name: string, time: number | null): JobFact {
  return { name, value: clockSeconds(time), title: whenWhole(time) };
}

function span(begin: number | null, end: number | null): string {
  return begin === null || end === null ? UNKNOWN : duration(end - begin);
}
