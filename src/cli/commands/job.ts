import { dateTime } from '../../terminal/time.ts';
import { type JobSummary, jobSummary } from '../aws/row-summary.ts';
import {
  type Contradiction,
  contradictionText,
  findContradiction,
  saysCompleted,
} from '../contradiction.ts';
import { findHeardJob } from '../meant-job.ts';
import { framesText, printOne } from '../output.ts';
import { open, type Session } from '../session.ts';
import { COMPLETED, statusText } from '../status.ts';
import { sum, type TaskCounts } from '../task-progress.ts';

/** Shows one job: its latest state and the number of its tasks by status. */
export async function job(session: Session, given: string): Promise<number> {
  const { utc } = session;
  const { rows } = await open(session);
  const { id, row: found } = await findHeardJob(rows, given, utc);
  const counts = await rows.countTasks(id);

  const { sent, name, user, reason, frames, errors, plugin, pool, group, priority } = found ?? {};
  // The counts tell for free whether there is anything to read.
  const isContradicted = saysCompleted(found) && sum(counts) > (counts.get(COMPLETED) ?? 0);
  const contradiction = isContradicted ? await findContradiction(rows, id) : undefined;
  printOne(
    jobObject(id, found, counts, contradiction),
    {
      job: id,
      ...(found === undefined
        ? { status: 'has not stopped yet: only its tasks are known' }
        : {
            name,
            user,
            status: statusText(found),
            reason,
            sent: dateTime(sent, utc),
            submitted: dateTime(found.submitted, utc),
            started: dateTime(found.started, utc),
            completed: dateTime(found.completed, utc),
            frames: framesText(frames),
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
  if (contradiction) console.error(contradictionText(id, contradiction));
  return 0;
}

/** A job in the form that `--json` prints. */
export function jobObject(
  id: string,
  found: JobSummary | undefined,
  counts: TaskCounts | undefined,
  contradiction: Contradiction | undefined,
): object {
  const sorted = counts && [...counts].sort(([a], [b]) => a.localeCompare(b));
  const summary = found ?? jobSummary({ job_id: id });
  return { ...summary, tasksByStatus: sorted && Object.fromEntries(sorted), contradiction };
}

/** @param total how many tasks the job has, if known */
function tasksText(counts: TaskCounts, total: number | undefined): string {
  const seen = sum(counts);
  const each = [...counts].map(([status, count]) => `${count} ${status.toLowerCase()}`).sort();
  const unseen = (total ?? seen) - seen;
  if (unseen > 0) each.push(`${unseen} not heard from, of ${total}`);
  return each.join(', ') || 'none heard from';
}
