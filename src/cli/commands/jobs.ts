import { dateTime } from '../../terminal/time.ts';
import { requireIndexes } from '../aws/index-status.ts';
import { print } from '../output.ts';
import { open, type Session } from '../session.ts';
import { statusText } from '../status.ts';

export interface JobsOptions {
  readonly status?: string;
  readonly user?: string;
  /** In ms since the epoch. */
  readonly since: number;
  readonly limit: number;
}

/** Lists the jobs that stopped, newest first. */
export async function jobs(session: Session, options: JobsOptions): Promise<number> {
  const { utc } = session;
  const { status, user, since, limit } = options;
  const { stack, rows } = await open(session);
  await requireIndexes(stack, session, ['job']);

  const statuses = status === undefined ? undefined : [status];
  const count = await print(
    rows.jobs(since, { statuses, user }, limit + 1),
    ({ job, sent, name, user, tasks, errors, reason, ...others }) => ({
      sent: dateTime(sent, utc),
      job,
      name,
      user,
      status: statusText(others),
      tasks,
      errors,
      reason,
    }),
    session,
    limit,
  );
  if (count === 0) console.error(`No matching job stopped since ${dateTime(since, utc)}.`);
  return 0;
}
