import { WrongUsage } from '../../../shared/errors.ts';
import { filterValues } from '../page/route.ts';
import type { BoardState } from '../state/board-state.ts';

export type JobsQuery = Parameters<BoardState['jobs']>[0];
export type FeedFilter = Parameters<BoardState['feed']>[0];

/** The span that is told of if none is asked for, and the longest, in hours. */
const HOURS = 12;
const MOST_HOURS = 168;

/** The fields of a job that a query selects by, each with one or several values, joined by commas. */
const FIELDS = ['user', 'department', 'plugin', 'pool', 'status'] as const;
const TEXTS = ['text', 'after'] as const;
const TIMES = ['since', 'until'] as const;

/** @throws WrongUsage for hours that are none, and for anything else */
export function readHours(parameters: URLSearchParams): number {
  const { hours = String(HOURS) } = values(parameters, ['hours']);
  if (/^[1-9]\d{0,2}$/.test(hours) && Number(hours) <= MOST_HOURS) return Number(hours);
  throw new WrongUsage(`hours is a whole number from 1 to ${MOST_HOURS}, not ${hours}.`);
}

/** @throws WrongUsage for a time that is none, and for a parameter that there is not */
export function readJobsQuery(parameters: URLSearchParams): JobsQuery {
  const given = values(parameters, [...TEXTS, ...FIELDS, ...TIMES]);
  const isGiven = (name: string) => given[name] !== undefined;
  return Object.fromEntries([
    ...TEXTS.filter(isGiven).map((name) => [name, given[name]]),
    ...FIELDS.filter(isGiven).map((name) => [name, filterValues(parameters, name)]),
    ...TIMES.filter(isGiven).map((name) => [name, time(name, given[name] ?? '')]),
  ]);
}

/** @throws WrongUsage for a time that is none, and for a parameter that there is not */
export function readFeedFilter(parameters: URLSearchParams): FeedFilter {
  const { job, since } = values(parameters, ['job', 'since']);
  return {
    ...(job !== undefined && { job }),
    ...(since !== undefined && { since: time('since', since) }),
  };
}

/** @throws WrongUsage if there is any parameter */
export function readNothing(parameters: URLSearchParams): void {
  values(parameters, []);
}

/** The parameters that are not empty. One that is not known or given twice would be a filter that does not hold. */
function values(
  parameters: URLSearchParams,
  known: readonly string[],
): Readonly<Record<string, string>> {
  for (const name of new Set(parameters.keys())) {
    if (!known.includes(name)) {
      const those = known.length === 0 ? 'none' : known.join(', ');
      throw new WrongUsage(`There is no parameter ${name}. There are: ${those}.`);
    }
    if (parameters.getAll(name).length > 1) throw new WrongUsage(`${name} is given twice.`);
  }
  return Object.fromEntries([...parameters].filter(([, value]) => value !== ''));
}

/** Of ISO 8601 with a zone, or of ms since the epoch. */
const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;
const MS = /^\d{1,15}$/;

function time(name: string, text: string): number {
  const ms = MS.test(text) ? Number(text) : ISO.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(ms)) return ms;
  throw new WrongUsage(
    `${name} is a time, such as 2026-11-25T06:47:23.000Z, or ms since the epoch, not ${text}.`,
  );
}
