const [SECOND, MINUTE, HOUR, DAY] = [1_000, 60_000, 3_600_000, 86_400_000];

/** .NET's `TimeSpan` as text: `[-][d.]hh:mm:ss[.fffffff]` (its documentation, the format specifier `c`). */
const TIME_SPAN = /^(-?)(?:(\d+)\.)?(\d\d):(\d\d):(\d\d)(\.\d{1,7})?$/;

/** Parses how long a task rendered, as Deadline writes it, to ms; `undefined` for any other text. */
export function parseTimeSpan(text = ''): number | undefined {
  const [match, sign, days = 0, hours, minutes, seconds, fraction = 0] = TIME_SPAN.exec(text) ?? [];
  if (match === undefined) return undefined;
  const ms =
    Number(days) * DAY +
    Number(hours) * HOUR +
    Number(minutes) * MINUTE +
    (Number(seconds) + Number(fraction)) * SECOND;
  return sign ? -ms : ms;
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
