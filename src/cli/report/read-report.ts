import { FAILED } from '../../shared/indexes.ts';
import { withBar } from '../../terminal/progress.ts';
import { counted } from '../../terminal/read-progress.ts';
import type { HistoryEntries } from '../aws/history-entries.ts';
import type { NotificationRows } from '../aws/notification-rows.ts';
import { oldestSent } from '../aws/row-lifetime.ts';
import type { JobSummary } from '../aws/row-summary.ts';
import type { StackOutputs } from '../aws/stack-outputs.ts';
import { failedTasksWith, withTheirJobs } from '../failures/failed-task.ts';
import { agreeToRead, unitsOf } from '../read-cost.ts';
import type { Session } from '../session.ts';
import { readJobs } from '../statistics/read-jobs.ts';
import type { TimeSpan } from '../time-span.ts';
import { composeReport, type SpanReading, type Unknowns } from './compose-report.ts';
import { NotedHistory } from './noted-history.ts';
import type { Report } from './report-model.ts';
import { countText } from './report-words.ts';
import { SpanCount } from './span-count.ts';

/** Where a report is read. */
export interface ReportSource {
  readonly stack: StackOutputs;
  readonly rows: NotificationRows;
  /** `undefined` where the history is off. */
  readonly entries: HistoryEntries | undefined;
}

/** Bytes of a task's row, and of an entry of the history, as they usually are. */
const [ROW, ENTRY] = [1_000, 300];

/** Entries of the history for each task, about. */
const ENTRIES = { off: 0, problems: 0.2, all: 2.2 } as const;

/** A span with both ends. */
type WholeSpan = Required<TimeSpan>;

/**
 * Reads what a report tells, and what it is compared with.
 *
 * @param yes reads without being asked, whatever it costs
 * @returns `undefined` if it costs more than a cent and nobody agrees to that
 */
export async function readReport(
  source: ReportSource,
  span: TimeSpan,
  yes: boolean,
  session: Session,
): Promise<Report | undefined> {
  const { since, until = session.now } = span;
  const now = { since, until };
  const earlier = { since: since - (until - since), until: since };
  const { known: jobs, unknown } = await jobsOf(source.rows, span, until);
  const { known: jobsBefore } = await jobsOf(source.rows, earlier, since);
  const unknowns = await unknownsOf(source, now, earlier, jobsBefore, session.now);
  const compared = unknowns.before === undefined ? jobsBefore : [];
  if (!(await agree([...jobs, ...compared], source, yes, session))) return undefined;

  const by: Report['shares']['by'] = jobs.some(({ department }) => department)
    ? 'department'
    : 'user';
  const counts = [now, earlier].map(() => new SpanCount(by, source.entries !== undefined));
  const [count, countBefore] = counts as [SpanCount, SpanCount];
  const isNow = new Set(jobs);
  const kept = oldestSent(source.stack.HistoryDays, session.now);
  const history = source.entries && new NotedHistory(source.entries, kept);
  await withBar('jobs', jobs.length + compared.length, (onDone) =>
    readJobs(
      [...jobs, ...compared],
      { rows: source.rows, entries: history },
      (job) => (isNow.has(job) ? count : countBefore).addJob(job),
      () => onDone(1),
    ),
  );
  const reading: SpanReading = { jobs, failed: await failedOf(source.rows, jobs, now), count };
  const before =
    unknowns.before === undefined
      ? { failedTasks: await countFailed(source.rows, jobsBefore, earlier), count: countBefore }
      : undefined;
  if (unknown > 0) {
    console.error(
      `Left out: ${countText(unknown, 'job')} of which it is not known when they stopped.`,
    );
  }
  const historySince = history ? await history.begin() : null;
  const facts = {
    ...{ stack: session.stackName, by, now, earlier },
    unknowns: { ...unknowns, historySince },
  };
  return composeReport(facts, reading, before, session);
}

/** The jobs that stopped in a span, newest first, and how many stopped at a time that is not known. */
async function jobsOf(
  rows: NotificationRows,
  span: TimeSpan,
  until: number,
): Promise<{ known: JobSummary[]; unknown: number }> {
  const known: JobSummary[] = [];
  let unknown = 0;
  for await (const job of counted(rows.jobs(span))) {
    if (job.sent === undefined) unknown += 1;
    else if (job.sent < until) known.push(job);
  }
  return { known, unknown };
}

async function failedOf(rows: NotificationRows, jobs: readonly JobSummary[], span: WholeSpan) {
  return Array.fromAsync(withTheirJobs(failedTasksWith(failedAmong(jobs), rows, span), rows));
}

async function countFailed(rows: NotificationRows, jobs: readonly JobSummary[], span: WholeSpan) {
  let count = 0;
  for await (const _ of failedTasksWith(failedAmong(jobs), rows, span)) count += 1;
  return count;
}

function failedAmong(jobs: readonly JobSummary[]): JobSummary[] {
  return jobs.filter(({ status }) => status === FAILED);
}

/** What is not known of the span and of the one before. */
async function unknownsOf(
  { stack, rows }: ReportSource,
  now: WholeSpan,
  earlier: WholeSpan,
  jobsBefore: readonly JobSummary[],
  clock: number,
): Promise<Omit<Unknowns, 'historySince'>> {
  const oldest = oldestSent(stack.RetentionDays, clock);
  return {
    retentionDays: stack.RetentionDays,
    rowsSince: oldest > now.since ? oldest : undefined,
    before: oldest > earlier.since ? 'expired' : await firstOf(rows, earlier, jobsBefore),
  };
}

/** Whether the rows begin after a span does: when, or that there are none; `undefined` if they do not. */
async function firstOf(
  rows: NotificationRows,
  { since }: WholeSpan,
  jobs: readonly JobSummary[],
): Promise<Unknowns['before']> {
  for await (const _ of rows.jobs({ since: 0, until: since }, undefined, 1)) return undefined;
  const first = jobs.at(-1)?.sent;
  return first === undefined ? 'none' : { first };
}

function agree(
  jobs: readonly JobSummary[],
  { stack }: ReportSource,
  yes: boolean,
  session: Session,
): Promise<boolean> {
  const tasks = jobs.reduce((sum, { tasks = 0 }) => sum + tasks, 0);
  const units = unitsOf(tasks * (ROW + ENTRIES[stack.History] * ENTRY));
  const what = `about ${countText(tasks, 'task')} of ${countText(jobs.length, 'job')}`;
  return agreeToRead(what, units, yes, session);
}
