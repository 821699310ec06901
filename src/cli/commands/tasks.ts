import { FAILED } from '../../shared/indexes.ts';
import { oneLine } from '../../shared/printable.ts';
import { counted } from '../../terminal/read-progress.ts';
import { printLine } from '../../terminal/screen.ts';
import type { Cell } from '../../terminal/table.ts';
import type { TaskSummary } from '../aws/row-summary.ts';
import {
  countColumn,
  framesColumn,
  ranColumn,
  reasonColumn,
  statusColumn,
  textColumn,
  timeColumn,
} from '../columns.ts';
import { jobTitle, paintedTitle, type TitledJob, timesText } from '../job/job-title.ts';
import { type TaskOverview, taskOverview } from '../job/task-overview.ts';
import { taskRanFor } from '../job-times.ts';
import { Listing, type ListOptions, moreText, type View } from '../listing.ts';
import { findHeardJob, type MeantJob } from '../meant-job.ts';
import { open, type Session } from '../session.ts';
import { sum, type TaskCounts } from '../task-states.ts';

export interface TasksOptions extends ListOptions {
  readonly status?: readonly string[];
  /** No limit if not set. */
  readonly limit?: number;
}

/** Lists the tasks of a job, by task id. */
export async function tasks(
  session: Session,
  given: string,
  options: TasksOptions,
): Promise<number> {
  const { screen } = session;
  const { status, limit } = options;
  let stopped: number | undefined;
  const listing = new Listing(
    view(session, () => stopped),
    options,
    session,
  );
  const { rows } = await open(session);
  const job = await findHeardJob(rows, given, session);
  stopped = job.row?.sent;
  const all = listing.isTable
    ? await taskOverview(counted(rows.namedTasks(job.id)), stopped)
    : undefined;
  const count = await listing.print(rows.tasks(job.id, status), {
    limit,
    fewer: 'use --status or --limit',
    ...(all && {
      title: (shown) => title(shown, job, all, session),
      paintTitle: (text) => paintedTitle(text, titled(job, all), screen),
      moreText: () => moreText(matching(all.counts, status) - (limit ?? 0)),
    }),
  });
  if (count > 0) {
    if (all) printLine(screen, cameText(job, all.counts));
    return 0;
  }
  console.error(
    status === undefined
      ? 'None of its tasks has started yet.'
      : oneLine(`None of its tasks is ${status.join(' or ')}.`),
  );
  return 0;
}

/** Such as `sq040_sh0310_cache_v003  ✗ Failed  7 of 41 tasks failed. Times in EST.`; in several forms. */
function title(
  shown: readonly TaskSummary[],
  job: MeantJob,
  all: TaskOverview,
  session: Session,
): Cell {
  const { screen } = session;
  const { counts } = all;
  const named = titled(job, all);
  const failed = counts.get(FAILED) ?? 0;
  const times = timesText(
    shown.map(({ started }) => started),
    session,
  );
  const of = (tasks: string) =>
    job.row === undefined
      ? `${failed} failed so far. ${times}`
      : `${failed} of ${total(job, counts)}${tasks} failed. ${times}`;
  const whole = jobTitle(named, Infinity);
  const cut = jobTitle(named, screen.width - of('').length - 2);
  return [
    `${whole}  ${of(' tasks')}`,
    `${whole}  ${of('')}`,
    ...(job.row?.name ? [`${cut}  ${of('')}`] : []),
    `${whole}  ${times}`,
    whole,
  ];
}

/** How many tasks have one of the statuses. */
function matching(counts: TaskCounts, statuses: readonly string[] | undefined): number {
  if (statuses === undefined) return sum(counts);
  return statuses.reduce((all, status) => all + (counts.get(status) ?? 0), 0);
}

function titled({ id, row }: MeantJob, { isRendering }: TaskOverview): TitledJob {
  return { id, found: row, isRendering };
}

/** How many tasks the job has. Tasks can be taken from a job, so there may be more rows. */
function total({ row }: MeantJob, counts: TaskCounts): number {
  return Math.max(row?.tasks ?? 0, sum(counts));
}

/** Such as `20 tasks came, 21 of 41 did not.` */
function cameText(job: MeantJob, counts: TaskCounts): string {
  const [came, all] = [sum(counts), total(job, counts)];
  const text = `${came} ${came === 1 ? 'task' : 'tasks'} came`;
  return came === all ? `${text}.` : `${text}, ${all - came} of ${all} did not.`;
}

/** @param stopped when the job's stop was received, in ms since the epoch, if it ever stopped */
function view(session: Session, stopped: () => number | undefined): View<TaskSummary> {
  return {
    columns: [
      { name: 'task', value: ({ task }) => task, align: 'right' },
      statusColumn(({ status }) => status, session),
      framesColumn(({ frames }) => frames),
      textColumn('worker', ({ worker }) => worker),
      timeColumn('started', ({ started }) => started, session, true),
      ranColumn('ran', (task) => taskRanFor(task, session.now, stopped())),
      countColumn('errors', ({ errors }) => errors),
      reasonColumn(({ reason }) => reason),
      textColumn('progress', ({ progress }) => progress),
    ],
    always: ['task', 'status', 'frames', 'worker'],
    further: ['started', 'ran', 'errors', 'reason'],
  };
}
