import type { HistoryLevel } from '../../shared/setting-values.ts';
import { countedText } from '../amount-text.ts';
import type { JobSummary } from '../aws/row-summary.ts';
import { type Reading, unitsOf } from '../read-cost.ts';

/** Bytes of a task's row with its counters, and of an entry of the history. */
const [ROW, ENTRY] = [1_050, 300];

/** Entries of a task: a start and a stop of each try, or few. */
const ENTRIES: Readonly<Record<HistoryLevel, number>> = { off: 0, problems: 0.2, all: 2.2 };

/** Read units that a query takes at least, though it finds nothing. */
const LEAST = 0.5;

/** What reading the tasks of jobs takes, about. */
export interface TaskReading extends Reading {
  readonly tasks: number;
}

/** @param level of the history; `off` also where it is not read */
export function estimateRead(
  jobs: readonly Pick<JobSummary, 'tasks'>[],
  level: HistoryLevel,
): TaskReading {
  const queries = level === 'off' ? [ROW] : [ROW, ENTRIES[level] * ENTRY];
  let [tasks, units] = [0, 0];
  for (const job of jobs) {
    const own = job.tasks ?? 0;
    tasks += own;
    for (const bytes of queries) units += Math.max(LEAST, unitsOf(own * bytes));
  }
  const what = `about ${countedText(tasks, 'task')} of ${countedText(jobs.length, 'job')}`;
  return { what, tasks, units };
}
