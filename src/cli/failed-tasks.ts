import { isIndexUnreadable } from './aws/index-status.ts';
import type { NotificationRows } from './aws/notification-rows.ts';
import type { JobSummary } from './aws/row-summary.ts';
import { pagesOf } from './iterate.ts';
import { beginning } from './job-times.ts';
import { MOST_ROWS } from './listing.ts';

/** A job, and how many of its tasks failed; `undefined` if that is not known. */
export interface JobWithFailed {
  readonly summary: JobSummary;
  readonly failed: number | undefined;
}

/** Jobs whose failed tasks are looked up at once. */
const PAGE = 1_000;

/**
 * Adds to jobs, newest first, how many of their tasks failed. Reads the failed tasks of the farm once, newest
 * first, as far back as the jobs ran.
 */
export async function* withFailedTasks(
  jobs: AsyncIterable<JobSummary>,
  rows: NotificationRows,
): AsyncGenerator<JobWithFailed> {
  const counts = new Map<string, number>();
  let [until, read] = [undefined as number | undefined, 0];
  for await (const page of pagesOf(PAGE, jobs)) {
    const since = Math.min(...page.map(beginning));
    if (read < MOST_ROWS && (until === undefined || since < until)) {
      try {
        for await (const { job, sent } of rows.failedTasks({ since, ...(until && { until }) })) {
          counts.set(job, (counts.get(job) ?? 0) + 1);
          read += 1;
          until = sent ?? until;
          if (read === MOST_ROWS) break;
        }
        if (read < MOST_ROWS) until = since;
      } catch (error) {
        if (!isIndexUnreadable(error)) throw error;
        read = MOST_ROWS;
      }
    }
    for (const summary of page) {
      const isKnown = until !== undefined && beginning(summary) >= until;
      yield { summary, failed: isKnown ? (counts.get(summary.job) ?? 0) : undefined };
    }
  }
}
