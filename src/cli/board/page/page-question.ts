import { type JobFilterState, readJobFilter } from './jobs/job-filter-state.ts';
import { DEFAULT_HOURS, MOST_HOURS, type Route } from './route.ts';
import { readGrouping } from './statistics/group-text.ts';

const HOUR = 3_600_000;
const MINUTE = 60_000;
/** Of any time: the server's own default is a span. */
const BEGINNING = 0;

/** What a page asks the server for. */
export interface Question {
  /** The path of the API. */
  readonly path: string;
  /** The job whose feed the page follows; undefined for all. */
  readonly job: string | undefined;
}

/**
 * What to ask for to show a page.
 *
 * @param now the reader's clock, in ms since the epoch
 */
export function questionOf({ page, parameters }: Route, now: number): Question {
  switch (page) {
    case 'jobs':
      return { path: jobsPath(readJobFilter(parameters), now), job: undefined };
    case 'job': {
      const job = parameters.get('id') ?? '';
      // Without an id, only whether the board is live can be told.
      if (job === '') return { path: `/api/farm?hours=${DEFAULT_HOURS}`, job: undefined };
      return { path: `/api/jobs/${encodeURIComponent(job)}`, job };
    }
    case 'workers':
      return { path: `/api/workers?hours=${readHours(parameters)}`, job: undefined };
    case 'statistics':
      return {
        path: `/api/statistics?hours=${readHours(parameters)}&by=${readGrouping(parameters)}`,
        job: undefined,
      };
    default:
      return { path: `/api/farm?hours=${readHours(parameters)}`, job: undefined };
  }
}

/** The span of the overview, the workers, and the statistics, in hours; the usual one if the URL has none that can be used. */
export function readHours(parameters: URLSearchParams): number {
  const text = parameters.get('hours') ?? '';
  const hours = /^[1-9]\d{0,2}$/.test(text) ? Number(text) : Number.NaN;
  return hours <= MOST_HOURS ? hours : DEFAULT_HOURS;
}

function jobsPath({ since, until }: JobFilterState, now: number): string {
  const from = since === 'all' ? BEGINNING : 'ms' in since ? since.ms : now - since.hours * HOUR;
  // To the minute, or the question would be another one each time.
  const query = new URLSearchParams({ since: askable(Math.floor(from / MINUTE) * MINUTE) });
  if (until !== undefined) query.set('until', askable(until));
  return `/api/jobs?${query}`;
}

/** A time as the server takes it: ms since the epoch, of at most 15 digits. */
function askable(ms: number): string {
  return String(Math.min(Math.max(ms, BEGINNING), 999_999_999_999_999));
}
