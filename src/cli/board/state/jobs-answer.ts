import type { JobSummary } from '../../aws/row-summary.ts';
import type { JobsState } from './farm-state.ts';
import { type FailedTasks, stoppedJob } from './stopped-job.ts';

/** Jobs on a page. */
const PAGE = 1_000;

/** Which jobs are asked for. */
export interface JobsQuery {
  /** Those that stopped at this time or later (ms since the epoch); twelve hours ago if it is not set. */
  readonly since?: number;
  /** Those that stopped before this time. */
  readonly until?: number;
  /** The `after` of the page before. */
  readonly after?: string;
}

/** A page of the jobs that stopped in a time. */
export function jobsAnswer(
  jobs: Iterable<JobSummary>,
  { since, until = Infinity, after }: JobsQuery & { readonly since: number },
  failed: FailedTasks,
): Omit<JobsState, 'status'> {
  const rest = [...jobs]
    .filter(({ sent = -1 }) => sent >= since && sent < until)
    .sort((a, b) => (b.sent ?? 0) - (a.sent ?? 0) || (a.job < b.job ? -1 : 1))
    .filter((job) => after === undefined || isAfter(job, after));
  const page = rest.slice(0, PAGE);
  const last = page.at(-1);
  return {
    jobs: page.map((row) => stoppedJob(row, failed)),
    after: last && rest.length > PAGE ? cursor(last) : null,
  };
}

/** A place in the order of jobs, also if its job is not there anymore. */
function cursor({ sent, job }: JobSummary): string {
  return `${sent}/${job}`;
}

function isAfter({ sent = 0, job }: JobSummary, place: string): boolean {
  const slash = place.indexOf('/');
  const time = Number(place.slice(0, slash));
  return sent < time || (sent === time && job > place.slice(slash + 1));
}
