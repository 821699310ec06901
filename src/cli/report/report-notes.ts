import { dayAndTime, type TimeView } from '../../terminal/short-time.ts';
import { countedText, countText } from '../amount-text.ts';
import type { Figures } from '../statistics/totals.ts';
import { knownHistory } from './known-history.ts';
import type { EarlierReading, SpanReading, Unknowns } from './report-reading.ts';

/** What is not known or not counted, and why. */
export function notes(
  unknowns: Unknowns,
  now: SpanReading,
  before: EarlierReading | undefined,
  length: string,
  view: TimeView,
): string[] {
  return [
    ...rowNotes(unknowns, length, view),
    ...historyNotes(unknowns, [now, ...(before ? [before] : [])], view),
    ...timeNotes(now.count.figures),
  ];
}

function rowNotes(
  { retentionDays = 0, rowsSince, before }: Unknowns,
  length: string,
  view: TimeView,
): string[] {
  const kept = `Rows are kept for ${countedText(retentionDays, 'day')}`;
  const gone = (since: number) => `${kept}: what came before ${dayAndTime(since, view)} is gone.`;
  return [
    ...(rowsSince === undefined ? [] : [gone(rowsSince)]),
    before === 'expired'
      ? `${kept}, so the ${length} before are not known.`
      : comparisonNote(before, length, view),
  ];
}

function comparisonNote(
  before: Exclude<Unknowns['before'], 'expired'>,
  length: string,
  view: TimeView,
): string {
  if (before === 'none') return 'No job stopped before: there is nothing to compare with.';
  if (before === undefined) {
    return `Of the ${length} before, jobs that stopped again since and failed tasks that rendered again are not counted.`;
  }
  const first = dayAndTime(before.first, view);
  return `The first job stopped on ${first}, so not all of the ${length} before is known.`;
}

function historyNotes(
  { historySince }: Unknowns,
  spans: readonly Pick<SpanReading, 'jobs'>[],
  view: TimeView,
): string[] {
  if (historySince === null) {
    return ['The history is off, so requeues and wasted hours are not known.'];
  }
  if (spans.every(({ jobs }) => knownHistory(jobs, historySince) === 'whole')) return [];
  const begin = dayAndTime(historySince, view);
  return [`The history begins on ${begin}: requeues and wasted hours before that are not known.`];
}

function timeNotes(figures: Figures | undefined): string[] {
  if (figures === undefined || figures.renderOf === figures.tasks) return [];
  const some = countText(figures.renderOf);
  return [`Render times are known of ${some} of ${countedText(figures.tasks, 'task')}.`];
}
