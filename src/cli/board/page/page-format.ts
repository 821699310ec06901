/** Stands for what is not known, and for what there is not: never an empty cell, never 0. */
export const UNKNOWN = '–';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

const two = (number: number) => String(number).padStart(2, '0');

/** The time of day in the reader's zone: `07:41`. */
export function clock(ms: number | null): string {
  if (ms === null) return UNKNOWN;
  const date = new Date(ms);
  return `${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** The time of day to the second: `07:40:23`. */
export function clockSeconds(ms: number | null): string {
  return ms === null ? UNKNOWN : `${clock(ms)}:${two(new Date(ms).getSeconds())}`;
}

const DAY = new Intl.DateTimeFormat('en-US', { month: 'short', day: 'numeric' });
const DAY_AND_YEAR = new Intl.DateTimeFormat('en-US', {
  month: 'short',
  day: 'numeric',
  year: 'numeric',
});

/** The day: `Nov 23`, with the year if it is another than that of `now`. */
export function day(ms: number, now: number): string {
  const isThisYear = new Date(ms).getFullYear() === new Date(now).getFullYear();
  return (isThisYear ? DAY : DAY_AND_YEAR).format(ms);
}

/** Midnights between two times, in the reader's zone. */
function daysBetween(ms: number, now: number): number {
  const midnight = (time: number) => new Date(time).setHours(0, 0, 0, 0);
  return Math.round((midnight(now) - midnight(ms)) / (24 * HOUR));
}

/** When, for a sentence: `19:42`, `19:42 yesterday`, `Nov 23 at 04:12`. */
export function when(ms: number | null, now: number): string {
  if (ms === null) return UNKNOWN;
  const days = daysBetween(ms, now);
  if (days === 0) return clock(ms);
  return days === 1 ? `${clock(ms)} yesterday` : `${day(ms, now)} at ${clock(ms)}`;
}

/** When, whole: `Nov 23, 2026, 04:12:09`, for titles. */
export function whenWhole(ms: number | null): string {
  return ms === null ? UNKNOWN : `${DAY_AND_YEAR.format(ms)}, ${clockSeconds(ms)}`;
}

/** A duration for a column: `1:46`, `7:19:03`. */
export function duration(ms: number | null): string {
  if (ms === null) return UNKNOWN;
  const seconds = Math.max(0, Math.round(ms / SECOND));
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours > 0
    ? `${hours}:${two(minutes)}:${two(seconds % 60)}`
    : `${minutes}:${two(seconds % 60)}`;
}

/** A duration for a sentence, the two largest parts: `1 min 46 s`, `5 h 55 min`, `2 days 3 h`. */
export function durationInWords(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / SECOND));
  const parts: [count: number, unit: string][] = [
    [Math.floor(seconds / 86_400), seconds < 2 * 86_400 ? 'day' : 'days'],
    [Math.floor(seconds / 3600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [seconds % 60, 's'],
  ];
  const first = parts.findIndex(([count]) => count > 0);
  if (first === -1) return '0 s';
  return parts
    .slice(first, first + 2)
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(' ');
}

/** How long ago, beside a time: `46 s`, `12 min`, `5 h 55`, `3 days`. */
export function age(ms: number | null, now: number): string {
  if (ms === null) return UNKNOWN;
  const past = Math.max(0, now - ms);
  if (past < MINUTE) return `${Math.floor(past / SECOND)} s`;
  if (past < HOUR) return `${Math.floor(past / MINUTE)} min`;
  if (past < 48 * HOUR) {
    return `${Math.floor(past / HOUR)} h ${two(Math.floor(past / MINUTE) % 60)}`;
  }
  return `${Math.floor(past / (24 * HOUR))} days`;
}

const COUNT = new Intl.NumberFormat('en-US');

/** A count: `10,000`. */
export function count(number: number | null): string {
  return number === null ? UNKNOWN : COUNT.format(number);
}

/** A count with its noun: `1 job`, `12 jobs`. */
export function counted(number: number, one: string, many: string = `${one}s`): string {
  return `${count(number)} ${number === 1 ? one : many}`;
}

/** A ratio to the median: `1.5×`. */
export function ratio(part: number, whole: number): string {
  return `${(part / whole).toFixed(1)}×`;
}

/** An id, shortened in the middle: `6b06d30b…7ad3`. Its first 8 characters are never cut. */
export function shortId(id: string): string {
  return id.length <= 13 ? id : `${id.slice(0, 8)}…${id.slice(-4)}`;
}

/** The reader's time zone by its city: `New York`. */
export function zoneName(zone: string = new Intl.DateTimeFormat().resolvedOptions().timeZone) {
  return zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' ');
}
