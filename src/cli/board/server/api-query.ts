import { WrongUsage } from '../../../shared/errors.ts';
import { MAX_KEY_BYTES } from '../../../shared/kinds.ts';
import { GROUPINGS } from '../../statistics/grouping.ts';
import type { BoardState } from '../state/board-state.ts';
import { timeOfId } from '../state/transition-feed.ts';

export type JobsQuery = Parameters<BoardState['jobs']>[0];
export type StatisticsQuery = Parameters<BoardState['statistics']>[0];
export type FeedFilter = Parameters<BoardState['feed']>[0];

/** The span that is told of if none is given, and the longest, in hours. */
const HOURS = 12;
const MOST_HOURS = 168;

/** @throws WrongUsage for hours that are none, and for anything else */
export function readHours(parameters: URLSearchParams): number {
  return hoursOf(values(parameters, ['hours']));
}

function hoursOf({ hours = String(HOURS) }: { readonly hours?: string }): number {
  if (/^[1-9]\d{0,2}$/.test(hours) && Number(hours) <= MOST_HOURS) return Number(hours);
  throw new WrongUsage(`hours is a whole number from 1 to ${MOST_HOURS}, not ${hours}.`);
}

/** @throws WrongUsage for hours that are none, for a grouping that there is not, and for anything else */
export function readStatisticsQuery(parameters: URLSearchParams): StatisticsQuery {
  const given = values(parameters, ['hours', 'by', 'read']);
  const { by: grouping, read } = given;
  const by = GROUPINGS.find((each) => each === grouping);
  if (grouping !== undefined && by === undefined) {
    throw new WrongUsage(`by is one of ${GROUPINGS.join(', ')}, not ${grouping}.`);
  }
  if (read !== undefined && read !== 'all') {
    throw new WrongUsage(`read is all, or is not there, not ${read}.`);
  }
  return { hours: hoursOf(given), ...(by && { by }), isAgreed: read === 'all' };
}

/** @throws WrongUsage for a time or a place that is none, and for a parameter that there is not */
export function readJobsQuery(parameters: URLSearchParams): JobsQuery {
  const { since, until, after } = values(parameters, ['since', 'until', 'after']);
  return {
    ...(since !== undefined && { since: time('since', since) }),
    ...(until !== undefined && { until: time('until', until) }),
    ...(after !== undefined && { after: placeOf(after) }),
  };
}

/** The form of `after`: where a page ended. */
function placeOf(after: string): string {
  if (/^\d+\/./s.test(after)) return after;
  throw new WrongUsage(`after is the "after" of the page before, not ${after}.`);
}

/** @throws WrongUsage for what is neither a time nor an id, and for a parameter that there is not */
export function readFeedFilter(parameters: URLSearchParams): FeedFilter {
  const { job, since } = values(parameters, ['job', 'since']);
  return {
    ...(job !== undefined && { job: jobId(job) }),
    ...(since !== undefined &&
      (since.includes('/') ? { after: idOf(since) } : { since: time('since', since) })),
  };
}

function idOf(since: string): string {
  if (timeOfId(since) !== undefined) return since;
  throw new WrongUsage(`since is a time, or the id of a transition, not ${since}.`);
}

/** @throws WrongUsage for one that no row can have, which DynamoDB would refuse to look for */
export function jobId(id: string): string {
  if (Buffer.byteLength(id) <= MAX_KEY_BYTES) return id;
  throw new WrongUsage(`A job's id has at most ${MAX_KEY_BYTES} bytes.`);
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
