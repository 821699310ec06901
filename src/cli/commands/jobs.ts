import { FAILED, INDEXES } from '../../shared/indexes.ts';
import { zoneText } from '../../terminal/short-time.ts';
import { requireIndexes } from '../aws/index-status.ts';
import {
  countColumn,
  failedColumn,
  framesColumn,
  jobColumns,
  nameColumn,
  ranColumn,
  reasonColumn,
  statusColumn,
  textColumn,
  timeColumn,
} from '../columns.ts';
import { type JobWithFailed, withFailedTasks } from '../failed-tasks.ts';
import { firstOf } from '../iterate.ts';
import type { JobFilterOptions } from '../job-filter.ts';
import { JobSelection } from '../job-selection.ts';
import { ranFor } from '../job-times.ts';
import { Listing, type ListOptions, type View } from '../listing.ts';
import { open, type Session } from '../session.ts';
import { shortSpanText, type TimeSpan, timeSpanText } from '../time-span.ts';

export interface JobsOptions extends TimeSpan, ListOptions, JobFilterOptions {
  readonly status?: readonly string[];
  readonly limit: number;
}

/** Lists the jobs that stopped, newest first. */
export async function jobs(session: Session, options: JobsOptions): Promise<number> {
  const { utc } = session;
  const { status: statuses, limit, sort } = options;
  const listing = new Listing(view(session), options, session);
  const { stack, rows } = await open(session);
  await requireIndexes(stack, session, [INDEXES.jobs]);

  const most = sort ? Infinity : limit + 1;
  const selection = new JobSelection(options);
  const stopped = rows.jobs(options, statuses, selection.isAll && !sort ? most : undefined);
  const all = firstOf(most, selection.jobs(stopped, rows));
  const count = await listing.print(
    listing.shows('failed') ? withFailedTasks(all, rows) : withoutFailedTasks(all),
    { limit, title: (shown, isMore) => title(shown, isMore, options, session) },
  );
  if (count === 0) {
    console.error(
      selection.emptyText() ??
        `No ${statuses || !selection.isAll ? 'such job' : 'job'} stopped ${timeSpanText(options, utc)}.`,
    );
  }
  return 0;
}

async function* withoutFailedTasks(
  jobs: AsyncIterable<JobWithFailed['summary']>,
): AsyncGenerator<JobWithFailed> {
  for await (const summary of jobs) yield { summary, failed: undefined };
}

function title(
  shown: readonly JobWithFailed[],
  isMore: boolean,
  { sort, ...span }: JobsOptions,
  session: Session,
): [string, string] {
  const failed = shown.filter(({ summary }) => summary.status === FAILED).length;
  const which = isMore
    ? `${sort ? '' : 'the newest '}${shown.length}, ${failed} of them failed`
    : `${shown.length} ${shortSpanText(span, session)}, ${failed} failed`;
  const text = `Jobs that stopped: ${which}`;
  const zone = zoneText(
    shown.map(({ summary }) => summary.sent),
    session,
  );
  return [`${text}. Times in ${zone}.`, `${text}, in ${zone}`];
}

function view(session: Session): View<JobWithFailed> {
  const { job, id } = jobColumns<JobWithFailed>(({ summary }) => summary, session);
  return {
    columns: [
      timeColumn('time', ({ summary }) => summary.sent, session),
      statusColumn(({ summary }) => summary.status, session),
      job,
      failedColumn(({ summary, failed }) => ({ failed, tasks: summary.tasks }), session),
      ranColumn('ran', ({ summary }) => ranFor(summary)),
      textColumn('user', ({ summary }) => summary.user),
      id,
      textColumn('plugin', ({ summary }) => summary.plugin),
      textColumn('department', ({ summary }) => summary.department),
      countColumn('errors', ({ summary }) => summary.errors),
      nameColumn('batch', ({ summary }) => summary.batch),
      textColumn('pool', ({ summary }) => summary.pool),
      textColumn('group', ({ summary }) => summary.group),
      countColumn('priority', ({ summary }) => summary.priority),
      countColumn('tasks', ({ summary }) => summary.tasks),
      framesColumn(({ summary }) => summary.frames),
      timeColumn('submitted', ({ summary }) => summary.submitted, session),
      timeColumn('started', ({ summary }) => summary.started, session),
      timeColumn('completed', ({ summary }) => summary.completed, session),
      reasonColumn(({ summary }) => summary.reason),
    ],
    always: ['time', 'status', 'job', 'failed'],
    further: ['ran', 'user', 'id', 'plugin', 'department', 'errors', 'batch', 'pool'],
    object: ({ summary }) => summary,
  };
}
