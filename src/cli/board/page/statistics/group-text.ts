import { GROUPINGS, type Grouping } from '../../../statistics/grouping.ts';
import { NONE } from '../jobs/job-filter-state.ts';
import { clock, day, shortId, UNKNOWN } from '../page-format.ts';
import { DEFAULT_HOURS, filteredJobs, jobPath, routePath, workerPath } from '../route.ts';
import type { ParsedGroup } from './parsed-statistics.ts';

const HOUR = 3_600_000;
const USUAL: Grouping = 'user';

/** What the page counts by; the usual grouping if the URL has none that there is. */
export function readGrouping(parameters: URLSearchParams): Grouping {
  const text = parameters.get('by');
  return GROUPINGS.find((each) => each === text) ?? USUAL;
}

export function isTimeGrouping(by: Grouping): by is 'day' | 'hour' {
  return by === 'day' || by === 'hour';
}

/**
 * When a day or an hour begins, in ms since the epoch.
 *
 * @param group such as `2026-11-24`, a day of this zone, or `2026-11-24 02:00+01:00`
 */
export function timeOfGroup(group: string | null): number | null {
  if (group === null) return null;
  const time = Date.parse(group.length > 10 ? group.replace(' ', 'T') : `${group}T00:00`);
  return Number.isNaN(time) ? null : time;
}

/** A group for people. An hour has its offset only where clocks go back, and it comes twice. */
export function groupText(
  by: Grouping,
  { group, name }: Pick<ParsedGroup, 'group' | 'name'>,
  now: number,
): string {
  if (group === null) return UNKNOWN;
  if (by === 'job') return name ?? shortId(group);
  const time = isTimeGrouping(by) ? timeOfGroup(group) : null;
  if (time === null) return group;
  if (by === 'day') return day(time, now);
  const isTwice = [time - HOUR, time + HOUR].some((other) => clock(other) === clock(time));
  return `${day(time, now)}, ${clock(time)}${isTwice ? ` (${group.slice(16)})` : ''}`;
}

/**
 * Where a group leads: its jobs, or its own page; undefined for a batch, by which no list is filtered.
 *
 * @param since the begin of the span, in ms since the epoch
 */
export function groupPath(
  by: Grouping,
  group: string | null,
  { hours, since }: { readonly hours: number; readonly since: number },
): string | undefined {
  switch (by) {
    case 'batch':
      return undefined;
    case 'job':
      return group === null ? undefined : jobPath(group);
    case 'worker':
      return group === null ? undefined : workerPath(group, hours);
    case 'day':
    case 'hour': {
      const begin = timeOfGroup(group);
      if (begin === null) return undefined;
      const end = by === 'hour' ? begin + HOUR : new Date(begin).setHours(24);
      const iso = (time: number) => new Date(time).toISOString();
      return routePath('jobs', { since: iso(Math.max(begin, since)), until: iso(end) });
    }
    default:
      return filteredJobs(by, group ?? NONE, hours === DEFAULT_HOURS ? {} : { since: `${hours}h` });
  }
}
