import { joinFrames } from '../../shared/frames.ts';
import { FAILED } from '../../shared/indexes.ts';
import { tally } from '../../shared/tally.ts';
import { tellingReason } from '../../shared/telling-reason.ts';
import type { TimeView } from '../../terminal/short-time.ts';
import { dayAndTime } from '../../terminal/short-time.ts';
import { span as durationText } from '../../terminal/time.ts';
import { countedText, hoursText } from '../amount-text.ts';
import type { JobSummary } from '../aws/row-summary.ts';
import { verdict } from '../failures/cause.ts';
import { type FailedJob, failedJobs } from '../failures/failed-job.ts';
import type { FailedTask } from '../failures/failed-task.ts';
import type { Figures } from '../statistics/totals.ts';
import { changeText } from './change-text.ts';
import type { Report, ReportedJob, ReportedMachine, Share, Total, Unit } from './report-model.ts';

import type { SpanCount } from './span-count.ts';

/** The most jobs, departments or users, and machines that a report names. */
const MOST = { jobs: 15, shares: 10, machines: 8 } as const;

/** What was read of a span. */
export interface SpanReading {
  /** Those that stopped in it. */
  readonly jobs: readonly JobSummary[];
  /** Tasks that failed in it, and all that failed of jobs that failed in it; newest first. */
  readonly failed: readonly FailedTask[];
  readonly count: SpanCount;
}

/** What was read of the span before. */
export interface EarlierReading {
  readonly failedTasks: number;
  readonly count: SpanCount;
}

/** What is not known. Times are in ms since the epoch. */
export interface Unknowns {
  readonly retentionDays: number | undefined;
  /** Since when there are rows, if that is after the span's begin. */
  readonly rowsSince: number | undefined;
  /** Since when the history is there; null where it is off. */
  readonly historySince: number | null;
  /** Why the span before is not known: its rows are gone, or the first job stopped in it or later. */
  readonly before: 'expired' | 'none' | { readonly first: number } | undefined;
}

/** What a report is of. */
export interface ReportFacts {
  readonly stack: string;
  readonly by: Report['shares']['by'];
  readonly now: { readonly since: number; readonly until: number };
  readonly earlier: { readonly since: number; readonly until: number };
  readonly unknowns: Unknowns;
}

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
  return {
    stack,
    ...now,
    length,
    before: before ? earlier : null,
    headline: headline(reading, jobs),
    sentences: sentences(reading, before, length),
    totals: totals(facts, reading, before),
    failed: listedJobs(jobs),
    shares: { by, ...shares(reading.count, before?.count) },
    machines: machines(reading, isHistoryThere(facts)),
    longest: reading.count.longest,
    notes: notes(facts, reading, length, view),
  };
}

function headline({ jobs, failed }: SpanReading, listed: readonly FailedJob[]): string {
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

function sentences(
  { failed, count }: SpanReading,
  before: EarlierReading | undefined,
  length: string,
): string[] {
  const said: string[] = [];
  if (before) {
    said.push(failedAgainst(failed.length, before.failedTasks, length));
    const [one, other] = [count, before.count].map(({ figures }) => renderSeconds(figures));
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

/** Whether the history has something of the span. */
function isHistoryThere({ unknowns: { historySince }, now }: ReportFacts): boolean {
  return historySince !== null && historySince < now.until;
}

function totals(
  facts: ReportFacts,
  { count, failed }: SpanReading,
  before: EarlierReading | undefined,
): Total[] {
  const [figures, figuresBefore] = [count.figures, before?.count.figures];
  const { historySince: since } = facts.unknowns;
  const isHistoryNow = isHistoryThere(facts);
  const isHistoryBefore = since !== null && since <= facts.earlier.since;
  const total = (
    name: string,
    unit: Unit,
    value: (figures: Figures | undefined, count: SpanCount) => number | null,
  ): Total => {
    const one = value(figures, count);
    const other = before ? value(figuresBefore, before.count) : null;
    return {
      name,
      unit,
      now: one,
      before: other,
      change: changeText(one, other, unit === 'count'),
    };
  };
  const ofHistory = (all: Total): Total => {
    const [now, before] = [isHistoryNow ? all.now : null, isHistoryBefore ? all.before : null];
    return { ...all, now, before, change: changeText(now, before, all.unit === 'count') };
  };
  const failedBefore = before?.failedTasks ?? null;
  const all: Total[] = [
    total('jobs', 'count', (of) => of?.jobs ?? 0),
    total('completed jobs', 'count', (of) => of?.jobsCompleted ?? 0),
    total('failed jobs', 'count', (of) => of?.jobsFailed ?? 0),
    total('suspended jobs', 'count', (of) => of?.jobsSuspended ?? 0),
    total('deleted jobs', 'count', (of) => of?.jobsDeleted ?? 0),
    {
      ...{ name: 'failed tasks', unit: 'count', now: failed.length, before: failedBefore },
      change: changeText(failed.length, failedBefore, true),
    },
    ofHistory(total('requeued tries', 'count', (_, { requeued }) => sum(requeued.values()))),
    total('rendered', 'seconds', renderSeconds),
    ofHistory(total('wasted', 'seconds', (of) => of?.wastedSeconds ?? (of ? null : 0))),
    total('errors', 'count', (of) => known(of, of?.errors)),
    total('output', 'bytes', (of) => known(of, of?.outputBytes)),
  ];
  const rare = new Set(['suspended jobs', 'deleted jobs']);
  return all.filter(({ name, now, before }) => {
    if (rare.has(name)) return now !== 0 || (before ?? 0) !== 0;
    return now !== null || before !== null;
  });
}

function renderSeconds(figures: Figures | undefined): number | null {
  return known(figures, figures?.renderSeconds);
}

/** A figure of tasks: of none, it is 0; otherwise, what no row tells is not known. */
function known(figures: Figures | undefined, value: number | bigint | null = 0): number | null {
  if (figures === undefined || figures.tasks === 0) return 0;
  return value === null ? null : Number(value);
}

function sum(values: Iterable<number>): number {
  return [...values].reduce((all, each) => all + each, 0);
}

function listedJobs(jobs: readonly FailedJob[]): Report['failed'] {
  const left = jobs.slice(MOST.jobs);
  const tasks = sum(left.map((each) => each.tasks.length));
  const more = `${countedText(left.length, 'more job')} with ${countedText(tasks, 'failed task')}.`;
  return {
    jobs: jobs.slice(0, MOST.jobs).map(reportedJob),
    more: left.length === 0 ? null : more,
  };
}

function reportedJob({ id, status, summary, tasks, newest }: FailedJob): ReportedJob {
  const [[reason] = []] = tally(tasks.map((each) => tellingReason(each.reason)).filter(Boolean));
  return {
    job: id,
    name: summary?.name || null,
    status,
    user: summary?.user || null,
    department: summary?.department || null,
    plugin: summary?.plugin || null,
    newest: newest ?? null,
    tasks: summary?.tasks ?? null,
    failedTasks: tasks.map(({ task }) => task),
    frames: joinFrames(tasks.map(({ frames }) => frames)),
    reason: (reason ?? tellingReason(summary?.reason)) || null,
    workers: tally(tasks.flatMap(({ worker }) => worker || [])),
  };
}

function shares(count: SpanCount, before: SpanCount | undefined) {
  const rows = new Map<string | undefined, Share>();
  const earlier = new Map(before?.shares.map(({ group, figures }) => [group, figures]));
  for (const { group, figures } of count.shares) {
    const [one, other] = [
      renderSeconds(figures),
      before ? renderSeconds(earlier.get(group)) : null,
    ];
    rows.set(group, share(group, figures.jobs, one, other));
  }
  for (const [group, figures] of earlier) {
    if (!rows.has(group)) rows.set(group, share(group, 0, 0, renderSeconds(figures)));
  }
  const all = [...rows.values()].sort(
    (a, b) =>
      (b.renderSeconds ?? -1) - (a.renderSeconds ?? -1) ||
      (b.renderSecondsBefore ?? -1) - (a.renderSecondsBefore ?? -1),
  );
  const left = all.slice(MOST.shares);
  const seconds = sum(left.map((each) => each.renderSeconds ?? 0));
  return {
    rows: all.slice(0, MOST.shares),
    more: left.length === 0 ? null : `${left.length} more, ${hoursText(seconds)} together.`,
  };
}

function share(
  name: string | undefined,
  jobs: number,
  renderSeconds: number | null,
  renderSecondsBefore: number | null,
): Share {
  const change = changeText(renderSeconds, renderSecondsBefore, false);
  return { name: name ?? null, jobs, renderSeconds, renderSecondsBefore, change };
}

const COLLATOR = new Intl.Collator('en', { numeric: true });

function machines({ failed, count }: SpanReading, hasHistory: boolean): Report['machines'] {
  const figures = new Map(count.machines.map(({ group, figures }) => [group, figures]));
  const failures = Map.groupBy(failed, ({ task }) => task.worker || undefined);
  const all = [...new Set([...figures.keys(), ...failures.keys()])]
    .map((worker): ReportedMachine => {
      const own = figures.get(worker);
      const wasted = own === undefined ? 0 : own.wastedSeconds;
      return {
        worker: worker ?? null,
        failed: failures.get(worker)?.length ?? 0,
        requeued: hasHistory ? (count.requeued.get(worker) ?? 0) : null,
        wastedSeconds: hasHistory ? wasted : null,
        renderSeconds: renderSeconds(own),
      };
    })
    .filter(({ failed, requeued, wastedSeconds }) => failed || requeued || wastedSeconds)
    .sort(
      (a, b) =>
        b.failed - a.failed ||
        (b.requeued ?? 0) - (a.requeued ?? 0) ||
        (b.wastedSeconds ?? 0) - (a.wastedSeconds ?? 0) ||
        COLLATOR.compare(a.worker ?? '', b.worker ?? ''),
    );
  const left = all.slice(MOST.machines);
  const failedOnes = sum(left.map((each) => each.failed));
  const more = `${countedText(left.length, 'more machine')} with ${countedText(failedOnes, 'failed task')}.`;
  return { rows: all.slice(0, MOST.machines), more: left.length === 0 ? null : more };
}

function notes(
  { unknowns, now }: ReportFacts,
  { count }: SpanReading,
  length: string,
  view: TimeView,
): string[] {
  return [
    ...rowNotes(unknowns, length, view),
    ...historyNotes(unknowns, now.since, view),
    ...timeNotes(count.figures),
  ];
}

function rowNotes(
  { retentionDays = 0, rowsSince, before }: Unknowns,
  length: string,
  view: TimeView,
): string[] {
  const said: string[] = [];
  const kept = `Rows are kept for ${countedText(retentionDays, 'day')}`;
  if (rowsSince !== undefined) {
    said.push(`${kept}: what came before ${dayAndTime(rowsSince, view)} is gone.`);
  }
  if (before === 'expired') said.push(`${kept}, so the ${length} before are not known.`);
  else if (before === 'none') said.push('No job stopped before: there is nothing to compare with.');
  else if (before !== undefined) {
    const first = dayAndTime(before.first, view);
    said.push(`The first job stopped on ${first}, so not all of the ${length} before is known.`);
  } else {
    said.push(
      `Of the ${length} before, jobs that stopped again since and failed tasks that rendered again are not counted.`,
    );
  }
  return said;
}

function historyNotes({ historySince }: Unknowns, since: number, view: TimeView): string[] {
  if (historySince === null) {
    return ['The history is off, so requeues and wasted hours are not known.'];
  }
  if (historySince <= since) return [];
  const begin = dayAndTime(historySince, view);
  return [`The history begins on ${begin}: requeues and wasted hours before that are not known.`];
}

function timeNotes(figures: Figures | undefined): string[] {
  if (figures === undefined || figures.renderOf === figures.tasks) return [];
  const some = figures.renderOf.toLocaleString('en-US');
  return [`Render times are known of ${some} of ${countedText(figures.tasks, 'task')}.`];
}
