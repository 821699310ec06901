import { FAILED } from '../../shared/indexes.ts';
import { countedText, hoursText } from '../amount-text.ts';
import { verdict } from '../failures/cause.ts';
import type { FailedJob } from '../failures/failed-job.ts';
import { changeText } from './change-text.ts';
import { summed } from './report-figures.ts';
import type { EarlierReading, SpanReading } from './report-reading.ts';

export function headline({ jobs, failed }: SpanReading, listed: readonly FailedJob[]): string {
  const failedOnes = jobs.filter(({ status }) => status === FAILED).length;
  const of = countedText(jobs.length, 'job');
  const stopped =
    jobs.length === 0 ? 'no job stopped' : `${failedOnes || 'none'} of ${of} that stopped failed`;
  if (failed.length > 0) {
    const own = listed.filter(({ tasks }) => tasks.length > 0).length;
    return `${countedText(failed.length, 'task')} failed in ${countedText(own, 'job')}; ${stopped}`;
  }
  if (failedOnes > 0) return `${failedOnes} of ${of} that stopped failed`;
  return jobs.length === 0 ? 'No job stopped, and nothing failed' : `Nothing failed; ${of} stopped`;
}

export function sentences(
  { failed, count }: SpanReading,
  before: EarlierReading | undefined,
  length: string,
): string[] {
  const said: string[] = [];
  if (before) {
    said.push(failedAgainst(failed.length, before.failedTasks, length));
    const [one, other] = [count, before.count].map(({ figures }) =>
      summed(figures, 'renderSeconds'),
    );
    if (one != null && other != null) {
      const change = changeText(one, other, false);
      said.push(`${hoursText(one)} rendered, ${change} (${hoursText(other)} before).`);
    }
  }
  if (failed.length > 0) said.push(verdict(failed, 'worker'));
  return said;
}

/** How many more or fewer tasks failed than before. */
function failedAgainst(now: number, before: number, length: string): string {
  const span = `in the ${length} before`;
  if (before === 0) return `No task failed ${span}${now === 0 ? ', either' : ''}.`;
  if (now === before) return `As many tasks failed as ${span}.`;
  const difference = Math.abs(now - before);
  const [more, task] = [now > before ? 'more' : 'fewer', difference === 1 ? 'task' : 'tasks'];
  return `${difference.toLocaleString('en-US')} ${more} ${task} failed than ${span} (${before.toLocaleString('en-US')}).`;
}
