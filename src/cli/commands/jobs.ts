import { dateTime } from '../../terminal/time.ts';
import { requireIndexes } from '../aws/index-status.ts';
import { fittingJobs } from '../fitting-jobs.ts';
import { JobFilter, type JobFilterOptions, NearMisses } from '../job-filter.ts';
import { print } from '../output.ts';
import { open, type Session } from '../session.ts';
import { statusText } from '../status.ts';
import { type TimeSpan, timeSpanText } from '../time-span.ts';

export interface JobsOptions extends TimeSpan, JobFilterOptions {
  readonly status?: readonly string[];
  readonly limit: number;
}

/** Lists the jobs that stopped, newest first. */
export async function jobs(session: Session, options: JobsOptions): Promise<number> {
  const { utc } = session;
  const { status: statuses, limit } = options;
  const { stack, rows } = await open(session);
  await requireIndexes(stack, session, ['job']);

  const filter = new JobFilter(options);
  const nearMisses = new NearMisses();
  const stopped = rows.jobs(options, statuses, filter.isEmpty ? limit + 1 : undefined);
  const count = await print(
    fittingJobs(stopped, rows, filter, nearMisses),
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
  if (count === 0) {
    console.error(nearMisses.text() ?? `No matching job stopped ${timeSpanText(options, utc)}.`);
  }
  return 0;
}
