import { tally } from '../../../shared/tally.ts';
import type { JobSummary } from '../../aws/row-summary.ts';
import { JobFilter } from '../../job-filter.ts';
import type { JobsState } from './farm-state.ts';
import { type FailedTasks, stoppedJob } from './stopped-job.ts';

/** Jobs on a page. */
const PAGE = 500;

/** Which jobs are asked for. Of each list, one has to fit; `*` and `?` stand for others, in any case. */
export interface JobsQuery {
  /** Part of the name, or the beginning of the id. */
  readonly text?: string;
  readonly user?: readonly string[];
  readonly department?: readonly string[];
  readonly plugin?: readonly string[];
  readonly pool?: readonly string[];
  /** What became of them, such as `Failed`. */
  readonly status?: readonly string[];
  /** Those that stopped at this time or later (ms since the epoch); twelve hours ago if it is not set. */
  readonly since?: number;
  /** Those that stopped before this time. */
  readonly until?: number;
  /** The `after` of the page before. */
  readonly after?: string;
}

type Filter = readonly [name: string, fits: (job: JobSummary) => boolean];

/** The fields by which jobs are chosen, in the order of a list of filters. */
const FIELDS = ['status', 'department', 'plugin', 'pool', 'user'] as const;

/** A page of the jobs that fit. */
export function jobsAnswer(
  jobs: Iterable<JobSummary>,
  query: JobsQuery & { readonly since: number },
  failed: FailedTasks,
): Omit<JobsState, 'status'> {
  const { since, until = Infinity, after } = query;
  const all = [...jobs]
    .filter(({ sent = -1 }) => sent >= since && sent < until)
    .sort((a, b) => (b.sent ?? 0) - (a.sent ?? 0) || (a.job < b.job ? -1 : 1));
  const filters = filtersOf(query);
  const fitting = all.filter((job) => filters.every(([, fits]) => fits(job)));
  const rest = after === undefined ? fitting : fitting.filter((job) => isAfter(job, after));
  const page = rest.slice(0, PAGE);
  const last = page.at(-1);
  const without = (name: string) =>
    all.filter((job) => filters.every(([each, fits]) => each === name || fits(job)));
  return {
    jobs: page.map((row) => stoppedJob(row, failed)),
    after: last && rest.length > PAGE ? cursor(last) : null,
    fitting: fitting.length,
    total: all.length,
    values: Object.fromEntries(
      FIELDS.map((field) => [
        field,
        tally(
          without(field)
            .map((job) => job[field] ?? '')
            .filter((value) => value !== ''),
        ),
      ]),
    ),
    without:
      fitting.length > 0
        ? {}
        : Object.fromEntries(
            filters
              .map(([name]) => [name, without(name).length] as const)
              .filter(([, count]) => count > 0),
          ),
  };
}

function filtersOf(query: JobsQuery): Filter[] {
  const { text = '', status = [], user = [], department = [], plugin = [], pool = [] } = query;
  const field = (name: 'user' | 'department' | 'plugin' | 'pool', values: readonly string[]) => {
    const filter = new JobFilter({ [name]: values });
    return [name, (job: JobSummary) => filter.missed(job).length === 0] as const;
  };
  const named = new JobFilter({ name: [text] });
  const begins = text.toLowerCase();
  return [
    ...(text === ''
      ? []
      : [
          [
            'text',
            (job: JobSummary) =>
              named.missed(job).length === 0 || job.job.toLowerCase().startsWith(begins),
          ] as const,
        ]),
    ...(status.length === 0
      ? []
      : [['status', (job: JobSummary) => status.includes(job.status ?? '')] as const]),
    ...(user.length === 0 ? [] : [field('user', user)]),
    ...(department.length === 0 ? [] : [field('department', department)]),
    ...(plugin.length === 0 ? [] : [field('plugin', plugin)]),
    ...(pool.length === 0 ? [] : [field('pool', pool)]),
  ];
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
