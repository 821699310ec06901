import { oneLine } from '../../shared/printable.ts';
import { parseTimeSpan } from '../../terminal/run-time.ts';
import type { NotificationRows } from '../aws/notification-rows.ts';
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
import { findHeardJob } from '../job-id.ts';
import { Listing, type ListOptions, type View } from '../listing.ts';
import { open, type Session } from '../session.ts';

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
  const listing = new Listing(view(session), options, session);
  const { rows } = await open(session);
  if (await list(given, rows, options, listing)) return 0;
  const { id } = await findHeardJob(rows, given);
  if (id !== given && (await list(id, rows, options, listing))) return 0;
  const { status } = options;
  console.error(
    status === undefined
      ? 'None of its tasks has started yet.'
      : oneLine(`None of its tasks is ${status.join(' or ')}.`),
  );
  return 0;
}

/** @returns whether there were any */
async function list(
  job: string,
  rows: NotificationRows,
  { status, limit }: TasksOptions,
  listing: Listing<TaskSummary>,
): Promise<boolean> {
  const count = await listing.print(rows.tasks(job, status), { limit });
  return count > 0;
}

function view(session: Session): View<TaskSummary> {
  return {
    columns: [
      { name: 'task', value: ({ task }) => task, align: 'right' },
      statusColumn(({ status }) => status, session),
      framesColumn(({ frames }) => frames),
      textColumn('worker', ({ worker }) => worker),
      timeColumn('started', ({ started }) => started, session, true),
      ranColumn('ran', ({ renderTime }) => parseTimeSpan(renderTime)),
      countColumn('errors', ({ errors }) => errors),
      reasonColumn(({ reason }) => reason),
      textColumn('progress', ({ progress }) => progress),
    ],
    always: ['task', 'status', 'frames', 'worker'],
    further: ['started', 'ran', 'errors', 'reason'],
  };
}
