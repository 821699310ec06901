import { counted } from '../../terminal/read-progress.ts';
import { printLine } from '../../terminal/screen.ts';
import { tabSeparated } from '../../terminal/table.ts';
import { type JobSummary, jobSummary } from '../aws/row-summary.ts';
import { type Contradiction, contradictionText, saysCompleted } from '../contradiction.ts';
import { jobValues } from '../job/job-values.ts';
import { jobLines } from '../job/job-view.ts';
import { taskOverview } from '../job/task-overview.ts';
import { findHeardJob } from '../meant-job.ts';
import { jsonLine } from '../output.ts';
import { open, type Session } from '../session.ts';
import type { TaskCounts } from '../task-states.ts';

export interface JobOptions {
  /** Cuts no text. */
  readonly wide?: true;
}

/** Shows one job: its latest state and that of its tasks. */
export async function job(session: Session, given: string, { wide }: JobOptions): Promise<number> {
  const { screen, json } = session;
  const { rows } = await open(session);
  const { id, row: found } = await findHeardJob(rows, given, session);
  const tasks = await taskOverview(counted(rows.namedTasks(id)), found?.sent);
  const contradiction = saysCompleted(found) ? tasks.unfinished : undefined;
  const report = { id, found, tasks };
  if (json) {
    console.log(jsonLine(jobObject(id, found, tasks.counts, contradiction)));
  } else if (screen.isTerminal) {
    for (const line of jobLines(report, session, wide === true)) printLine(screen, line);
  } else {
    for (const pair of jobValues(report)) console.log(tabSeparated(pair));
  }
  if (contradiction) console.error(contradictionText(contradiction, screen));
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
