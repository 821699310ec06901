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
 * A notification's time in UTC to the 100 ns of .NET, such as `2020-08-13T20:44:07.4000000Z`: the texts sort as
 * the times do.
 *
 * @returns `undefined` if it is not a time, not set, or after the year 9999
 */
export function instantText(text: string | undefined): string | undefined {
  const ms = parseTime(text);
  if (ms === undefined) return undefined;
  const time = new Date(ms).toISOString();
  if (time.length > '2020-08-13T20:44:07.400Z'.length) return undefined;
  // `Date` drops what is below a ms.
  const [, fraction = time.slice(20, 23)] = /\.(\d{1,7})/.exec(text ?? '') ?? [];
  return `${time.slice(0, 20)}${fraction.padEnd(7, '0')}Z`;
}
