/** ISO 8601, to the day or finer, as .NET writes it; with a blank for the T in one of its formats. */
const ISO_TIME = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?) ?(Z|[+-]\d\d:?\d\d)?)?$/;

/** How .NET's JSON serializers write a time: ms since the epoch; the offset only says how to show it. */
const DOTNET_TIME = /^\\?\/Date\((-?\d{1,16})(?:[+-]\d{4})?\)\\?\/$/;

/** In ms since the epoch. No job ran in the year 1. */
const FIRST_SET = Date.parse('0002-01-01T00:00Z');

/** The last ms that a text of four digits for the year can name. */
export const LATEST = Date.parse('9999-12-31T23:59:59.999Z');

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
  if (new Date(midnight).getUTCDate() !== Number(day?.slice(8))) return NaN;
  return Date.parse(`${day}T${time}${zone}`);
}

/** Whether `Date` can hold a time in ms since the epoch. */
export function isTime(ms: number): boolean {
  return !Number.isNaN(new Date(ms).getTime());
}

/** A time in UTC to the 100 ns of .NET, such as `2020-08-13T20:44:07.4000000Z`: such texts sort as the times do. */
export interface InstantText {
  readonly text: string;
  /** The same in ms since the epoch. */
  readonly ms: number;
}

/** As .NET writes a `Timestamp`. `Date` takes 24:00 for the next day. */
const UTC_TIME = /^\d{4}-\d\d-\d\dT(?!24)\d\d:\d\d:\d\d(?:\.(\d{1,7}))?Z$/;

/**
 * Reads a notification's time to 100 ns.
 *
 * @returns `undefined` if it is not a time, not set, or after the year 9999
 */
export function parseInstantText(text = ''): InstantText | undefined {
  const ms = parseTime(text);
  if (ms === undefined || ms > LATEST) return undefined;
  const [utc, digits = ''] = UTC_TIME.exec(text) ?? [];
  if (utc !== undefined) return { text: `${text.slice(0, 19)}.${digits.padEnd(7, '0')}Z`, ms };
  const [, fraction] = /\.(\d{1,7})/.exec(text) ?? [];
  return instantTextOf(ms, fraction);
}

/**
 * @param ms since the epoch, up to the year 9999
 * @param fraction that of its second, if it is known to less than a ms
 */
export function instantTextOf(ms: number, fraction?: string): InstantText {
  const time = new Date(ms).toISOString();
  return { text: `${time.slice(0, 20)}${(fraction ?? time.slice(20, 23)).padEnd(7, '0')}Z`, ms };
}
