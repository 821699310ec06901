/** Deadline's value for a time that is not set (its manual, "SQS Notifications"). */
const NOT_SET = '0001-01-01T00:00:00Z';

/** Parses a notification's time to ms since the epoch; `undefined` if it is not set or not a time. */
export function parseTime(text: string | undefined): number | undefined {
  const ms = text === undefined || text === NOT_SET ? Number.NaN : Date.parse(text);
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

/** Formats a duration in ms as `42 s`, `4 min`, or `2 h 5 min`. */
export function span(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes === 0) return `${Math.floor(ms / 1_000)} s`;
  const hours = Math.floor(minutes / 60);
  return hours === 0 ? `${minutes} min` : `${hours} h ${minutes % 60} min`;
}
