import { dateTime } from '../terminal/time.ts';
import { requireIndexes } from './indexed.ts';
import { firstOf } from './iterate.ts';
import { print } from './output.ts';
import { open, type Session } from './session.ts';

export interface JobsOptions {
  readonly status?: string;
  readonly user?: string;
  /** In ms before now. */
  readonly since: number;
  readonly limit: number;
}

/** Lists the jobs that have stopped, the newest first. */
export async function jobs(session: Session, options: JobsOptions): Promise<number> {
  const { account, utc } = session;
  const { status, user, since, limit } = options;
  const { stack, rows } = await open(session);
  await requireIndexes(stack, account, ['job']);

  const statuses = status === undefined ? undefined : [status];
  const begin = Date.now() - since;
  // One more than are shown tells whether there are more.
  const found = firstOf(limit, rows.jobs(begin, { statuses, user }, limit + 1), () => {
    console.error('There are more: raise --limit.');
  });
  const count = await print(
    found,
    ({ job, sent, name, user, status, tasks, errors, reason }) => ({
      sent: dateTime(sent, utc),
      job,
      name,
      user,
      status,
      tasks,
      errors,
      reason,
    }),
    session,
  );
  if (count === 0) console.error(`No such job has stopped since ${dateTime(begin, utc)}.`);
  return 0;
}
