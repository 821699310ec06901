import { isTime } from '../shared/notification-time.ts';
import { offsetText, wallTime } from './wall-clock.ts';

/**
 * Formats a time to the second, with its offset, since clocks that go back show an hour twice: in the local
 * time zone, such as `2026-11-22 03:00:42+01:00`, or in UTC, such as `2026-11-22 02:00:42Z`.
 *
 * @param ms since the epoch; `undefined` if it is not set
 */
export function dateTime(ms: number | undefined, utc = false): string {
  if (ms === undefined || !isTime(ms)) return 'not set';
  const time = new Date(ms);
  if (utc) return `${time.toLocaleString('sv-SE', { timeZone: 'UTC' })}Z`;
  return `${time.toLocaleString('sv-SE')}${offsetText(wallTime(ms) - ms)}`;
}

/** Formats a time (ms since the epoch) in ISO 8601 and UTC; null if it is not set. */
export function isoTime(ms: number | undefined): string | null {
  return ms !== undefined && isTime(ms) ? new Date(ms).toISOString() : null;
}

/** Formats a duration in ms as `42 s`, `4 min`, `2 h 5 min`, `12 h`, or from two days on `3 d 4 h`. */
export function span(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes === 0) return `${Math.floor(ms / 1_000)} s`;
  const hours = Math.floor(minutes / 60);
  if (hours === 0) return `${minutes} min`;
  if (hours < 48) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  return hours % 24 === 0 ? `${hours / 24} d` : `${Math.floor(hours / 24)} d ${hours % 24} h`;
}
