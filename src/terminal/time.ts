import { offsetText, wallTime } from './wall-clock.ts';

/** ISO 8601, to the day or finer, as .NET writes it; with a blank for the T in one of its formats. */
const ISO_TIME = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?) ?(Z|[+-]\d\d:?\d\d)?)?$/;

/** How .NET's JSON serializers write a time: ms since the epoch; the offset only says how to show it. */
const DOTNET_TIME = /^\\?\/Date\((-?\d{1,16})(?:[+-]\d{4})?\)\\?\/$/;

/** In ms since the epoch. No job ran in the year 1. */
const FIRST_SET = Date.parse('0002-01-01T00:00Z');

/**
 * Parses a notification's time to ms since the epoch. Without an offset, it is in UTC, as for the function.
 *
 * @returns `undefined` if it is not a time, or not set: .NET's `DateTime.MinValue`, the beginning of the year
 *   1, in whatever zone and notation (Deadline's manual, "SQS Notifications", has `0001-01-01T00:00:00Z`)
 */
export function parseTime(text = ''): number | undefined {
  const [, dotNet] = DOTNET_TIME.exec(text) ?? [];
  const ms = dotNet === undefined ? parseIsoTime(text) : Number(dotNet);
  return isTime(ms) && ms >= FIRST_SET ? ms : undefined;
}

/** @returns NaN for any other text, and for days that do not exist */
function parseIsoTime(text: string): number {
  const [, day, time = '00:00', zone = 'Z'] = ISO_TIME.exec(text) ?? [];
  const midnight = Date.parse(`${day}T00:00Z`);
  // `Date` takes February 30 for March 1.
  if (Number.isNaN(midnight) || !new Date(midnight).toISOString().startsWith(day ?? '')) return NaN;
  return Date.parse(`${day}T${time}${zone}`);
}

/** Whether `Date` can hold a time in ms since the epoch. */
export function isTime(ms: number): boolean {
  return !Number.isNaN(new Date(ms).getTime());
}

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
