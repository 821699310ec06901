/** Deadline's value for a time that is not set (its manual, "SQS Notifications"). */
const NOT_SET = '0001-01-01T00:00:00Z';

/** Parses a notification's time to ms since the epoch; `undefined` if it is not set or not a time. */
export function parseTime(text: string | undefined): number | undefined {
  const ms = text === undefined || text === NOT_SET ? Number.NaN : Date.parse(text);
  return Number.isNaN(ms) ? undefined : ms;
}

/** ISO 8601 to the day, the minute, or finer, with a blank for the T as in tables; an offset may be short. */
const WRITTEN_TIME =
  /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?) ?(Z|[+-]\d\d(?::?\d\d)?)?)?$/i;

/**
 * Parses a time that someone wrote, such as `2026-11-25`, `2026-11-25 20:00`, or `2026-11-25T20:00:00Z`, to
 * ms since the epoch. Without an offset, it is in the local time zone.
 *
 * @returns `undefined` for any other text, and for days that do not exist
 */
export function parseLocalTime(text: string): number | undefined {
  const [, day = '', time = '00:00', offset = ''] = WRITTEN_TIME.exec(text) ?? [];
  const midnight = Date.parse(`${day}T00:00Z`);
  // `Date` takes February 30 for March 1.
  if (Number.isNaN(midnight) || !new Date(midnight).toISOString().startsWith(day)) return undefined;
  const zone = offset
    .toUpperCase()
    .replace(/^([+-]\d\d):?(\d\d)?$/, (_, hours, minutes = '00') => `${hours}:${minutes}`);
  const ms = Date.parse(`${day}T${time}${zone}`);
  return Number.isNaN(ms) ? undefined : ms;
}

/**
 * Formats a time to the second, such as `2026-11-22 03:00:42`: in the local time zone, or in UTC with a
 * trailing `Z`.
 *
 * @param ms since the epoch; `undefined` if it is not set
 */
export function dateTime(ms: number | undefined, utc = false): string {
  if (ms === undefined) return 'not set';
  const zone = utc ? { timeZone: 'UTC' } : {};
  return `${new Date(ms).toLocaleString('sv-SE', zone)}${utc ? 'Z' : ''}`;
}

/** The time the given ms ago, in ms since the epoch; at least 0. */
export function ago(ms: number): number {
  return Math.max(0, Date.now() - ms);
}

/** Formats a duration in ms as `42 s`, `4 min`, or `2 h 5 min`. */
export function span(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes === 0) return `${Math.floor(ms / 1_000)} s`;
  const hours = Math.floor(minutes / 60);
  return hours === 0 ? `${minutes} min` : `${hours} h ${minutes % 60} min`;
}
