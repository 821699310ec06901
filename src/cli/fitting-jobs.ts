import type { NotificationRows } from './aws/notification-rows.ts';
import type { JobSummary } from './aws/row-summary.ts';
import { pagesOf } from './iterate.ts';
import type { JobFilter, NearMisses } from './job-filter.ts';

/** Jobs whose tasks are read at once: a job's tasks may take many pages. */
const AT_ONCE = 8;

/**
 * Of the jobs, those that fit, in their order.
 *
 * @param nearMisses gets those that do not
 * @param taskStatus the status of the tasks that `--worker` is about; any if it is not set
 */
export async function* fittingJobs(
  jobs: AsyncIterable<JobSummary>,
  rows: NotificationRows,
  filter: JobFilter,
  nearMisses: NearMisses,
  taskStatus?: string,
): AsyncGenerator<JobSummary> {
  const fitting = fittingApart(jobs, filter, nearMisses);
  if (!filter.hasWorker) return yield* fitting;
  for await (const page of pagesOf(AT_ONCE, fitting)) {
    const have = await Promise.all(
      page.map(({ job }) => rows.hasTaskOn(job, (worker) => filter.fitsWorker(worker), taskStatus)),
    );
    for (const [index, job] of page.entries()) {
      if (have[index]) yield job;
      else nearMisses.add(['worker']);
    }
  }
}

/** Those that fit all but `--worker`. */
async function* fittingApart(
  jobs: AsyncIterable<JobSummary>,
  filter: JobFilter,
  nearMisses: NearMisses,
): AsyncGenerator<JobSummary> {
  for await (const job of jobs) {
    const missed = filter.missed(job);
    if (missed.length === 0) yield job;
    // Whether the others have a task on the worker is not known.
    else if (!filter.hasWorker) nearMisses.add(missed);
  }
}
