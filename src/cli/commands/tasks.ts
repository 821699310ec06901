import { oneLine } from '../../shared/printable.ts';
import { dateTime } from '../../terminal/time.ts';
import type { NotificationRows } from '../aws/notification-rows.ts';
import { findHeardJob } from '../meant-job.ts';
import { framesText, print } from '../output.ts';
import { open, type Session } from '../session.ts';

export interface TasksOptions {
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
  const { rows } = await open(session);
  if (await list(given, rows, options, session)) return 0;
  const { id } = await findHeardJob(rows, given, session.utc);
  if (id !== given && (await list(id, rows, options, session))) return 0;
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
  { status, limit = Infinity }: TasksOptions,
  session: Session,
): Promise<boolean> {
  const count = await print(
    rows.tasks(job, status),
    ({ task, frames, status, worker, started, renderTime, errors, progress, reason }) => ({
      task,
      frames: framesText(frames),
      status,
      worker,
      started: dateTime(started, session.utc),
      'render time': renderTime,
      errors,
      progress,
      reason,
    }),
    session,
    limit,
  );
  return count > 0;
}
