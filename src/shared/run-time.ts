const [SECOND, MINUTE, HOUR, DAY] = [1_000, 60_000, 3_600_000, 86_400_000];

/** .NET's `TimeSpan` as text: `[-][d.]hh:mm:ss[.fffffff]` (its documentation, the format specifier `c`). */
const TIME_SPAN = /^(-?)(?:(\d+)\.)?(\d\d):(\d\d):(\d\d)(\.\d{1,7})?$/;

/** Ticks of .NET, of 100 ns, in a ms. */
const TICKS = 10_000;

/** Ticks in s. */
export function secondsOf(ticks: bigint): number {
  return Number(ticks) / (1_000 * TICKS);
}

/** Ms of `parseTimeSpan` in ticks: the same as those of `parseTicks` for up to 28 years. */
export function ticksOf(ms: number): bigint {
  return BigInt(Math.round(ms * TICKS));
}

/** Parses how long a task rendered, as Deadline writes it, to ms; `undefined` for any other text. */
export function parseTimeSpan(text = ''): number | undefined {
  const ticks = parseTicks(text);
  return ticks === undefined ? undefined : Number(ticks) / TICKS;
}

/** The same, exactly, in ticks of 100 ns. */
export function parseTicks(text = ''): bigint | undefined {
  const [match, sign, days = 0, hours, minutes, seconds, fraction = ''] =
    TIME_SPAN.exec(text) ?? [];
  if (match === undefined) return undefined;
  const whole =
    BigInt(days) * 86_400n + BigInt(Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds));
  const ticks = whole * 10_000_000n + BigInt(fraction.slice(1).padEnd(7, '0'));
  return sign ? -ticks : ticks;
}

/**
 * Formats how long something ran: `3:22`, `1:03:22`, or from a day on `1 d 03:12`.
 *
 * @param ms if it is not known or negative, which clocks that differ make of it, the text is empty
 */
export function runTime(ms: number | undefined): string {
  if (ms === undefined || !(ms >= 0)) return '';
  const [days, hours] = [Math.floor(ms / DAY), Math.floor((ms % DAY) / HOUR)];
  const [minutes, seconds] = [Math.floor((ms % HOUR) / MINUTE), Math.floor((ms % MINUTE) / SECOND)];
  if (days > 0) return `${days} d ${two(hours)}:${two(minutes)}`;
  const least = `${hours > 0 ? two(minutes) : minutes}:${two(seconds)}`;
  return hours > 0 ? `${hours}:${least}` : least;
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}
