import { NotFound } from '../../shared/errors.ts';
import { COMMAND } from '../../shared/resource-names.ts';
import { oneLine } from '../../terminal/printable.ts';
import { dateTime } from '../../terminal/time.ts';
import { type JobSummary, jobSummary } from '../aws/row-summary.ts';
import { printOne } from '../output.ts';
import { open, type Session } from '../session.ts';

/** Shows one job: its latest state and the number of its tasks by status. */
export async function job(session: Session, id: string): Promise<number> {
  const { utc } = session;
  const { rows } = await open(session);
  const [found, counts] = await Promise.all([rows.job(id), rows.countTasks(id)]);
  if (found === undefined && counts.size === 0) throw noJob(id);

  const { sent, name, user, status, reason, frames, errors, plugin, pool, group, priority } =
    found ?? {};
  printOne(
    jobObject(id, found, counts),
    {
      job: id,
      ...(found === undefined
        ? { status: 'has not stopped yet: only its tasks are known' }
        : {
            name,
            user,
            status,
            reason,
            sent: dateTime(sent, utc),
            submitted: dateTime(found.submitted, utc),
            started: dateTime(found.started, utc),
            completed: dateTime(found.completed, utc),
            frames,
            plugin,
            pool,
            group,
            priority,
            errors,
          }),
      tasks: tasksText(counts, found?.tasks),
    },
    session,
  );
  return 0;
}

/** A job in the form that `--json` prints. */
export function jobObject(
  id: string,
  found: JobSummary | undefined,
  counts: ReadonlyMap<string, number> | undefined,
): object {
  const sorted = counts && [...counts].sort(([a], [b]) => a.localeCompare(b));
  const summary = found ?? jobSummary({ job_id: id });
  return { ...summary, tasksByStatus: sorted && Object.fromEntries(sorted) };
}

/** @param total how many tasks the job has, if known */
function tasksText(counts: ReadonlyMap<string, number>, total: number | undefined): string {
  const seen = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const each = [...counts].map(([status, count]) => `${count} ${status.toLowerCase()}`).sort();
  const unseen = (total ?? seen) - seen;
  if (unseen > 0) each.push(`${unseen} not heard from, of ${total}`);
  return each.join(', ') || 'none heard from';
}

/** The error for a job without a row for itself or any of its tasks. */
export function noJob(id: string): NotFound {
  return new NotFound(
    `There is no notification of job ${oneLine(id)} or its tasks. Deadline sends one when a task starts ` +
      `or stops, and when the job stops; \`${COMMAND} jobs\` lists the jobs that stopped.`,
  );
}
