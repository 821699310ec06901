import { dateTime } from '../../terminal/time.ts';
import { print } from '../output.ts';
import { open, type Session } from '../session.ts';
import { noJob } from './job.ts';

export interface TasksOptions {
  readonly status?: string;
  /** No limit if not set. */
  readonly limit?: number;
}

/** Lists the tasks of a job, by task id. */
export async function tasks(
  session: Session,
  job: string,
  { status, limit = Infinity }: TasksOptions,
): Promise<number> {
  const { rows } = await open(session);
  const count = await print(
    rows.tasks(job, status),
    ({ task, frames, status, worker, started, renderTime, errors, progress, reason }) => ({
      task,
      frames,
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
  if (count > 0) return 0;
  const isKnown = status !== undefined && (await hasAny(rows.tasks(job)));
  if (!isKnown && (await rows.job(job)) === undefined) throw noJob(job);
  console.error(
    status === undefined ? 'None of its tasks has started yet.' : `None of its tasks is ${status}.`,
  );
  return 0;
}

async function hasAny(all: AsyncIterable<unknown>): Promise<boolean> {
  for await (const _ of all) return true;
  return false;
}
