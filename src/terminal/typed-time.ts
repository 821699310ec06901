import { InvalidArgumentError } from 'commander';
import { parseDuration } from './typed-duration.ts';
import { dayStart, momentsAt, offsetText, wallTime } from './wall-clock.ts';

const DAY = 86_400_000;

/** What a typed time refers to. */
export interface Clock {
  /** In ms since the epoch. */
  readonly now: number;
  /** Whether a time without a zone is in UTC, not in the local time zone. */
  readonly utc: boolean;
}

/** A day, a time of day, or both. Hours go up to 24:00, the end of a day; zones to UTC+14:59. */
const WRITTEN = new RegExp(
  String.raw`^(?=.)(?:(?<day>\d{4}-\d\d-\d\d|today|yesterday)(?:(?:T| +)(?=\d)|$))?` +
    String.raw`(?:(?<hour>[01]?\d|2[0-4]):(?<minute>[0-5]\d)(?::(?<second>[0-5]\d)(?:[.,](?<fraction>\d{1,9}))?)?` +
    String.raw` ?(?:(?<utc>Z|UTC)|(?<sign>[+-])(?<zoneHour>0\d|1[0-4])(?::?(?<zoneMinute>[0-5]\d))?)?)?$`,
  'i',
);

/**
 * Parses a time that a person typed: a day, a time of day, both, `now`, or a duration before now. A day alone
 * is its first moment. A time of day alone is the last one that has passed.
 *
 * @returns ms since the epoch, at least 0 for a duration
 * @throws InvalidArgumentError for any other text, and for a time that does not exist or exists twice
 */
export function parseTypedTime(text: string, { now, utc }: Clock): number {
  if (text.toLowerCase() === 'now') return now;
  const written = WRITTEN.exec(text)?.groups;
  if (written === undefined) return Math.max(0, now - durationBefore(text));
  const { day, hour } = written;
  const ahead = writtenZone(written) ?? (utc ? 0 : undefined);
  const today = Math.floor(wallTime(now, ahead) / DAY) * DAY;
  if (day === undefined) return lastPassed(today + timeOfDay(written), now, ahead);
  const midnight = midnightOf(day.toLowerCase(), today);
  if (hour === undefined) return dayStart(midnight, ahead);
  return onlyMoment(midnight + timeOfDay(written), ahead, text);
}

type Written = Readonly<Record<string, string | undefined>>;

function durationBefore(text: string): number {
  try {
    return parseDuration(text.replace(/\s+ago$/i, ''));
  } catch (error) {
    throw new InvalidArgumentError(
      `${(error as Error).message} It may also be a time, such as 02:10, yesterday, or "2026-11-25 20:00".`,
    );
  }
}

/** How many ms the zone is ahead of UTC; `undefined` if there is none. */
function writtenZone({ utc, sign, zoneHour, zoneMinute = '0' }: Written): number | undefined {
  if (utc !== undefined) return 0;
  if (sign === undefined) return undefined;
  const minutes = Number(zoneHour) * 60 + Number(zoneMinute);
  return (sign === '-' ? -minutes : minutes) * 60_000;
}

/** In ms after midnight. */
function timeOfDay({ hour, minute, second = '0', fraction = '' }: Written): number {
  const seconds = Number(hour) * 3_600 + Number(minute) * 60 + Number(second);
  const ms = seconds * 1_000 + Number(fraction.padEnd(3, '0').slice(0, 3));
  if (ms <= DAY) return ms;
  throw new InvalidArgumentError('The last time of a day is 24:00.');
}

function midnightOf(day: string, today: number): number {
  if (day === 'today') return today;
  if (day === 'yesterday') return today - DAY;
  const midnight = Date.parse(`${day}T00:00Z`);
  // `Date` takes February 30 for March 1.
  if (!Number.isNaN(midnight) && new Date(midnight).toISOString().startsWith(day)) return midnight;
  throw new InvalidArgumentError('This day does not exist.');
}

/** The last moment until now at which clocks show a time of day; on the night of a change, it may be long ago. */
function lastPassed(wall: number, now: number, ahead: number | undefined): number {
  const passed = [0, 1, 2]
    .flatMap((days) => momentsAt(wall - days * DAY, ahead))
    .filter((ms) => ms <= now);
  return Math.max(...passed);
}

function onlyMoment(wall: number, ahead: number | undefined, text: string): number {
  const [ms, second] = momentsAt(wall, ahead);
  if (ms === undefined) {
    throw new InvalidArgumentError('The clocks went forward, so this time does not exist.');
  }
  if (second === undefined) return ms;
  const [earlier, later] = [ms, second].map((each) => `"${text}${offsetText(wall - each)}"`);
  throw new InvalidArgumentError(
    `The clocks went back, so this time exists twice: write ${earlier} or ${later}.`,
  );
}
