import { FAILED } from '../../shared/indexes.ts';
import { withBar } from '../../terminal/progress.ts';
import type { HistoryEntries } from '../aws/history-entries.ts';
import type { NotificationRows } from '../aws/notification-rows.ts';
import { oldestSent } from '../aws/row-lifetime.ts';
import type { JobSummary, TaskSummary } from '../aws/row-summary.ts';
import type { StackOutputs } from '../aws/stack-outputs.ts';
import { type FailedTask, failedTasksWith, withTheirJobs } from '../failures/failed-task.ts';
import { agreeToRead } from '../read-cost.ts';
import type { Session } from '../session.ts';
import { NotedHistory } from '../statistics/noted-history.ts';
import { estimateRead } from '../statistics/read-estimate.ts';
import { readJobs } from '../statistics/read-jobs.ts';
import { stoppedJobs } from '../statistics/stopped-jobs.ts';
import type { TimeSpan } from '../time-span.ts';
import { composeReport } from './compose-report.ts';
import type { Report } from './report-model.ts';
import type { SpanReading, Unknowns } from './report-reading.ts';
import { SpanCount } from './span-count.ts';

/** Where a report is read. */
interface ReportSource {
  readonly stack: StackOutputs;
  readonly rows: NotificationRows;
  /** `undefined` where the history is off. */
  readonly entries: HistoryEntries | undefined;
}

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
  const stopped = await stoppedJobs(source.rows, span);
  const jobs = stopped.filter(({ sent = until }) => sent < until);
  const jobsBefore = await stoppedJobs(source.rows, earlier);
  const unknowns = await unknownsOf(source, now, earlier, jobsBefore, session.now);
  const compared = unknowns.before === undefined ? jobsBefore : [];
  const estimate = estimateRead([...jobs, ...compared], source.stack.History);
  if (!(await agreeToRead(estimate, yes, session))) return undefined;

  const by: Report['shares']['by'] = jobs.some(({ department }) => department)
    ? 'department'
    : 'user';
  const counts = [now, earlier].map(() => new SpanCount(by, source.entries !== undefined));
  const [count, countBefore] = counts as [SpanCount, SpanCount];
  const isNow = new Set(jobs);
  const history = source.entries && new NotedHistory(source.entries);
  await withBar('jobs', jobs.length + compared.length, (onDone) =>
    readJobs(
      [...jobs, ...compared],
      { rows: source.rows, entries: history },
      (job) => (isNow.has(job) ? count : countBefore).addJob(job),
      () => onDone(1),
    ),
  );
  const failed = await Array.fromAsync(
    withTheirJobs(failedIn(source.rows, jobs, now), source.rows),
  );
  const reading: SpanReading = { jobs, failed, count };
  const failedBefore = failedIn(source.rows, jobsBefore, earlier);
  const before =
    unknowns.before === undefined
      ? {
          ...{ jobs: jobsBefore, failedTasks: await countOthers(failedBefore, failed) },
          count: countBefore,
        }
      : undefined;
  const historySince = history ? await history.begin() : null;
  const facts = {
    ...{ stack: session.stackName, by, now, earlier },
    unknowns: { ...unknowns, historySince },
  };
  return composeReport(facts, reading, before, session);
}

/** The tasks that failed in a span, and all that failed of jobs that failed in it. */
function failedIn(rows: NotificationRows, jobs: readonly JobSummary[], span: WholeSpan) {
  return failedTasksWith(
    jobs.filter(({ status }) => status === FAILED),
    rows,
    span,
  );
}

/** How many tasks are not among those that are listed, so that none counts twice. */
async function countOthers(tasks: AsyncIterable<TaskSummary>, listed: readonly FailedTask[]) {
  const key = ({ job, task }: TaskSummary) => `${task} ${job}`;
  const known = new Set(listed.map(({ task }) => key(task)));
  let count = 0;
  for await (const task of tasks) if (!known.has(key(task))) count += 1;
  return count;
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
