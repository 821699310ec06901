import { FAILED } from '../../shared/indexes.ts';
import { countedText, countText, hoursText } from '../amount-text.ts';
import { verdict } from '../failures/cause.ts';
import type { FailedJob } from '../failures/failed-job.ts';
import { changeText, withBefore } from './change-text.ts';
import { summed } from './report-figures.ts';
import type { EarlierReading, SpanReading } from './report-reading.ts';

/** What happened, in a sentence. */
export function headline({ jobs, failed }: SpanReading, listed: readonly FailedJob[]): string {
  const failedOnes = jobs.filter(({ status }) => status === FAILED).length;
  const of = countedText(jobs.length, 'job');
  const failedOf = `${failedOnes === 0 ? 'none' : countText(failedOnes)} of ${of} that stopped failed`;
  if (failed.length > 0) {
    const own = listed.filter(({ tasks }) => tasks.length > 0).length;
    const stopped = jobs.length === 0 ? 'no job stopped' : failedOf;
    return `${countedText(failed.length, 'task')} failed in ${countedText(own, 'job')}; ${stopped}`;
  }
  if (failedOnes > 0) return failedOf;
  return jobs.length === 0 ? 'No job stopped, and nothing failed' : `Nothing failed; ${of} stopped`;
}

/** What it means: how it was before, and whether it is a machine or a scene. */
export function sentences(
  now: SpanReading,
  before: EarlierReading | undefined,
  length: string,
): string[] {
  return [
    ...(before ? comparison(now, before, length) : []),
    ...(now.failed.length > 0 ? [verdict(now.failed, 'worker')] : []),
  ];
}

function comparison(now: SpanReading, before: EarlierReading, length: string): string[] {
  const failed = failedAgainst(now.failed.length, before.failedTasks, length);
  const rendered = summed(now.count.figures, 'renderSeconds');
  const renderedBefore = summed(before.count.figures, 'renderSeconds');
  const change = changeText(rendered, renderedBefore, false);
  if (rendered === null || renderedBefore === null || change === null) return [failed];
  return [
    failed,
    `${hoursText(rendered)} rendered, ${withBefore(change, hoursText(renderedBefore))}.`,
  ];
}

/** How many more or fewer tasks failed than before. */
function failedAgainst(now: number, before: number, length: string): string {
  const span = `in the ${length} before`;
  if (before === 0) return `No task failed ${span}${now === 0 ? ', either' : ''}.`;
  if (now === before) return `As many tasks failed as ${span}.`;
  const more = countedText(Math.abs(now - before), now > before ? 'more task' : 'fewer task');
  return `${more} failed than ${span} (${countText(before)}).`;
}
