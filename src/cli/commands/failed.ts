import { FAILED, INDEXES } from '../../shared/indexes.ts';
import { counted } from '../../terminal/read-progress.ts';
import { dayAndTime, shortTime } from '../../terminal/short-time.ts';
import { requireIndexes } from '../aws/index-status.ts';
import type { NotificationRows } from '../aws/notification-rows.ts';
import type { JobSummary, TaskSummary } from '../aws/row-summary.ts';
import { type Cause, groupByCause } from '../failures/cause.ts';
import { causesTitle, causesVerdict, causesView, moreCausesText } from '../failures/cause-list.ts';
import { failedJobs } from '../failures/failed-job.ts';
import { failedJobsTitle, failedJobsView } from '../failures/failed-job-list.ts';
import { type FailedTask, failedTasksWith, withTheirJobs } from '../failures/failed-task.ts';
import { failedTasksTitle, failedTasksView } from '../failures/failed-task-list.ts';
import { FAILURE_VIEW, failureLines } from '../failures/failure-lines.ts';
import type { JobFilterOptions } from '../job-filter.ts';
import { JobSelection } from '../job-selection.ts';
import { Listing, type ListOptions, MOST_ROWS } from '../listing.ts';
import { open, type Session } from '../session.ts';
import { SUSPENDED } from '../status.ts';
import { inText, type TimeSpan } from '../time-span.ts';

export interface FailedOptions extends TimeSpan, ListOptions, JobFilterOptions {
  /** Lists tasks, not jobs. */
  readonly tasks?: true;
  /** Counts tasks by what they have in common. */
  readonly by?: Cause;
  /** Lists suspended jobs, too. */
  readonly suspended?: true;
  /** No limit if not set. */
  readonly limit?: number;
}

/** Lists failed jobs and tasks, and what failed tasks have in common. */
export async function failed(session: Session, options: FailedOptions): Promise<number> {
  const selection = new JobSelection(options);
  const print = chosenList(session, options, selection);
  const { stack, rows } = await open(session);
  await requireIndexes(stack, session, [INDEXES.jobs, INDEXES.failed]);
  if ((await print(rows)) === 0) {
    console.error(selection.emptyText() ?? (await nothingText(rows, options, selection, session)));
  }
  return 0;
}

type Print = (rows: NotificationRows) => Promise<number>;

/** What to print. A call that is wrong ends here, before any request. */
function chosenList(session: Session, options: FailedOptions, selection: JobSelection): Print {
  const { by, tasks } = options;
  if (by) return causes(by, session, options, selection);
  if (tasks) return failedTaskList(session, options, selection);
  return session.json && !options.columns
    ? failureList(session, options, selection)
    : jobList(session, options, selection);
}

function causes(
  by: Cause,
  session: Session,
  options: FailedOptions,
  selection: JobSelection,
): Print {
  const listing = new Listing(causesView(by, session), options, session);
  const { limit } = options;
  return async (rows) => {
    const all = tasksOf(rows.failedTasks(options), rows, selection);
    const { tasks, note } = await newestOf(all, session);
    const groups = groupByCause(tasks, by);
    const count = await listing.print(groups, {
      limit,
      title: () => causesTitle(tasks, groups, by, options, session),
      subtitle: () => causesVerdict(tasks, by),
      moreText: () => moreCausesText(groups.slice(limit), by),
    });
    note();
    return count;
  };
}

function failedTaskList(session: Session, options: FailedOptions, selection: JobSelection): Print {
  const listing = new Listing(failedTasksView(session), options, session);
  const { limit } = options;
  return async (rows) => {
    const all = tasksOf(rows.failedTasks(options), rows, selection);
    if (!listing.isTable) return listing.print(all, { limit });
    const { tasks, note } = await newestOf(all, session);
    const count = await listing.print(tasks, {
      limit,
      title: () => failedTasksTitle(tasks, options, session),
    });
    note();
    return count;
  };
}

function failureList(session: Session, options: FailedOptions, selection: JobSelection): Print {
  const listing = new Listing(FAILURE_VIEW, options, session);
  return (rows) =>
    listing.print(
      failureLines(
        jobsOf(rows, options, selection),
        tasksOf(rows.failedTasks(options), rows, selection),
      ),
      options,
    );
}

function jobList(session: Session, options: FailedOptions, selection: JobSelection): Print {
  const listing = new Listing(failedJobsView(session), options, session);
  const { limit } = options;
  return async (rows) => {
    const jobs = await Array.fromAsync(jobsOf(rows, options, selection));
    const own = tasksOf(failedTasksWith(jobs, rows, options), rows, selection);
    const { tasks, note } = await newestOf(own, session);
    const all = failedJobs(jobs, tasks);
    const count = await listing.print(all, {
      limit,
      title: () => failedJobsTitle(all, options, session),
    });
    note();
    return count;
  };
}

function jobsOf(
  rows: NotificationRows,
  { suspended, ...span }: FailedOptions,
  selection: JobSelection,
): AsyncGenerator<JobSummary> {
  const jobs = rows.jobs(span, suspended ? [FAILED, SUSPENDED] : [FAILED]);
  return selection.jobs(jobs, rows, FAILED);
}

function tasksOf(
  tasks: AsyncIterable<TaskSummary>,
  rows: NotificationRows,
  selection: JobSelection,
): AsyncGenerator<FailedTask> {
  return selection.tasks(withTheirJobs(tasks, rows));
}

/** The newest tasks, and what to say after the list if there are more than it is made of. */
async function newestOf(
  all: AsyncIterable<FailedTask>,
  session: Session,
): Promise<{ tasks: FailedTask[]; note: () => void }> {
  const tasks: FailedTask[] = [];
  for await (const each of counted(all)) {
    tasks.push(each);
    if (tasks.length < MOST_ROWS) continue;
    const { sent } = each.task;
    const when = sent === undefined ? '' : `, on ${shortTime(sent, session)}`;
    const text = `Stopped at ${MOST_ROWS.toLocaleString('en-US')} rows${when}: narrow --since.`;
    return { tasks, note: () => console.error(text) };
  }
  return { tasks, note: () => undefined };
}

/** Says that nothing failed, and when something last did; not where only some are asked for. */
async function nothingText(
  rows: NotificationRows,
  span: TimeSpan,
  { isAll }: JobSelection,
  session: Session,
): Promise<string> {
  const nothing = `Nothing failed ${inText(span, session)}.`;
  if (!isAll) return nothing;
  for await (const { sent } of rows.failedTasks({ since: 0, until: span.since })) {
    if (sent === undefined) break;
    return `${nothing} The last failure was on ${dayAndTime(sent, session)}.`;
  }
  return nothing;
}
