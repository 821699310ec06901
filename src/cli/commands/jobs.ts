import { INDEXES } from '../../shared/indexes.ts';
import { dateTime } from '../../terminal/time.ts';
import { requireIndexes } from '../aws/index-status.ts';
import { print } from '../output.ts';
import { open, type Session } from '../session.ts';
import { statusText } from '../status.ts';
import { type TimeSpan, timeSpanText } from '../time-span.ts';

export interface JobsOptions extends TimeSpan {
  readonly status?: readonly string[];
  readonly user?: readonly string[];
  readonly limit: number;
}

/** Lists the jobs that stopped, newest first. */
export async function jobs(session: Session, options: JobsOptions): Promise<number> {
  const { utc } = session;
  const { status: statuses, user: users, limit } = options;
  const { stack, rows } = await open(session);
  await requireIndexes(stack, session, [INDEXES.jobs]);

  const count = await print(
    rows.jobs(options, { statuses, users }, limit + 1),
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
  if (count === 0) console.error(`No matching job stopped ${timeSpanText(options, utc)}.`);
  return 0;
}
