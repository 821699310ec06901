import { workersTexts } from '../../shared/tally.ts';
import { elideEnd } from '../../terminal/elide.ts';
import type { Report, ReportedJob, Share, Unit } from './report-model.ts';

/** What stands for what is not known, and for none. */
export const [UNKNOWN, NONE] = ['not known', '–'];

/** Such as `1 job`, or `1,204 tasks`. */
export function countText(count: number, what: string): string {
  return `${numberText(count)} ${what}${count === 1 ? '' : 's'}`;
}

function numberText(count: number): string {
  return count.toLocaleString('en-US');
}

/** Such as `318 h`, `12.4 h`, `8 min`, or `42 s`. */
export function hoursText(seconds: number): string {
  if (seconds === 0) return '0 h';
  if (Math.round(seconds) < 60) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  return `${roundedText(seconds / 3_600, 100, true)} h`;
}

const PREFIXES = ['', 'k', 'M', 'G', 'T', 'P'];

/** Such as `214 GB`: of 1000 bytes, as disks are sold. */
export function bytesText(bytes: number): string {
  let [value, power] = [bytes, 0];
  while (Math.round(value) >= 1_000 && power < PREFIXES.length - 1) {
    value /= 1_000;
    power += 1;
  }
  return `${power === 0 ? numberText(value) : roundedText(value, 10, false)} ${PREFIXES[power]}B`;
}

/**
 * A number with a decimal where it is small.
 *
 * @param isAlways whether also if the decimal is 0
 */
function roundedText(value: number, whole: number, isAlways: boolean): string {
  const tenths = Math.round(10 * value) / 10;
  const digits = tenths < whole ? 1 : 0;
  return value.toLocaleString('en-US', {
    minimumFractionDigits: isAlways ? digits : 0,
    maximumFractionDigits: digits,
  });
}

const FIGURES: Readonly<Record<Unit, (value: number) => string>> = {
  count: numberText,
  seconds: hoursText,
  bytes: bytesText,
};

/** A figure in its unit. */
export function figureText(value: number | null, unit: Unit): string {
  return value === null ? UNKNOWN : FIGURES[unit](value);
}

/** Such as `7 of 41 tasks failed`, or `2 tasks failed so far`. */
export function failedTasksText({ failedTasks, tasks, status, name }: ReportedJob): string {
  const failed = failedTasks.length;
  if (failed === 0) return 'no task failed';
  if (tasks !== null) return `${numberText(failed)} of ${countText(tasks, 'task')} failed`;
  const soFar = status === 'Rendering' && name === null ? ' so far' : '';
  return `${countText(failed, 'task')} failed${soFar}`;
}

/** Columns of a worker's name among others. */
const SHOWN = 24;

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

/** What a worker is called. */
export function workerText(worker: string | null): string {
  return worker ?? 'worker not known';
}
