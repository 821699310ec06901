import { FAILED } from '../../shared/indexes.ts';
import type { TimeView } from '../../terminal/short-time.ts';
import { span as durationText } from '../../terminal/time.ts';
import { failedJobs } from '../failures/failed-job.ts';
import { knownHistory } from './known-history.ts';
import { headline, sentences } from './report-headline.ts';
import { machines } from './report-machines.ts';
import type { Report, Titles } from './report-model.ts';
import { notes } from './report-notes.ts';
import type { EarlierReading, ReportFacts, SpanReading } from './report-reading.ts';
import { shares } from './report-shares.ts';
import { totals } from './report-totals.ts';
import { listedJobs } from './reported-jobs.ts';

/**
 * Decides what a report tells: which rows, and which sentences.
 *
 * @param before `undefined` if it is not known
 */
export function composeReport(
  facts: ReportFacts,
  reading: SpanReading,
  before: EarlierReading | undefined,
  view: TimeView,
): Report {
  const { stack, now, earlier, by } = facts;
  const jobs = failedJobs(
    reading.jobs.filter(({ status }) => status === FAILED),
    reading.failed,
  );
  const length = durationText(now.until - now.since);
  const { historySince } = facts.unknowns;
  const hasHistory = knownHistory(reading.jobs, historySince) !== 'none';
  return {
    stack,
    ...now,
    length,
    before: before ? earlier : null,
    headline: headline(reading, jobs),
    sentences: sentences(reading, before, length),
    titles: titlesOf(by),
    hasHistory,
    totals: totals(reading, before, historySince),
    failed: listedJobs(jobs),
    shares: { by, ...shares(reading.count, before?.count) },
    machines: machines(reading, hasHistory),
    longest: reading.count.longest,
    notes: notes(facts.unknowns, reading, before, length, view),
  };
}

function titlesOf(by: Report['shares']['by']): Titles {
  return {
    failed: 'What failed',
    totals: 'In all',
    shares: `Render time by ${by}`,
    machines: 'The worst machines',
    longest: 'The longest tasks',
  };
}
