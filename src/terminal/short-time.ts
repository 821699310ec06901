/** When a list is shown, and whether its times are in UTC or in the local time zone. */
export interface TimeView {
  /** In ms since the epoch. */
  readonly now: number;
  readonly utc: boolean;
}

const [HOUR, DAY] = [3_600_000, 86_400_000];
/** The age at which times get their day, and their year, in ms. */
const [OLD, VERY_OLD] = [18 * HOUR, 300 * DAY];

type Form = 'time' | 'day' | 'year';

/**
 * Formats the times of a column in one form, the shortest that all of them allow: `06:50`, with a time that is
 * more than 18 h from now `Nov 21 23:10`, and with one of another year `2025-11-21 23:10`.
 *
 * @param times in ms since the epoch; `undefined` ones are empty
 * @param seconds shows them to the second
 */
export function shortTimes(
  times: readonly (number | undefined)[],
  view: TimeView,
  seconds = false,
): string[] {
  const form = formOf(times, view);
  const format = formatter(form, view, seconds);
  return times.map((ms) => (ms === undefined ? '' : format(ms)));
}

/** Formats time spans of a column, in one form: `01:43-01:47`, or `01:47` if both ends are the same. */
export function shortSpans(
  spans: readonly (readonly [from: number | undefined, to: number | undefined])[],
  view: TimeView,
): string[] {
  const times = shortTimes(spans.flat(), view);
  return spans.map((_, index) => {
    const [from, to] = [times[2 * index] as string, times[2 * index + 1] as string];
    return from === to ? to : `${from}-${to}`;
  });
}

/** Such as `19:42`, or `Nov 21 23:10`. */
export function shortTime(ms: number, view: TimeView): string {
  return shortTimes([ms], view)[0] as string;
}

/** Such as `Nov 23 at 04:12`. */
export function dayAndTime(ms: number, view: TimeView): string {
  return formatter('day', view, false)(ms).replace(/ (?=\d\d:)/, ' at ');
}

/** What the clocks of a list are, such as `EST`; on a night when they change, `EDT, then EST`. */
export function zoneText(times: readonly (number | undefined)[], { now, utc }: TimeView): string {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZoneName: 'short',
    ...(utc && { timeZone: 'UTC' }),
  });
  const zoneAt = (ms: number) =>
    format.formatToParts(ms).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const known = times.filter((ms) => ms !== undefined).sort((a, b) => a - b);
  const names = new Set((known.length > 0 ? known : [now]).map(zoneAt));
  return [...names].join(', then ');
}

function formOf(times: readonly (number | undefined)[], { now }: TimeView): Form {
  const age = times.reduce<number>((most, ms = now) => Math.max(most, Math.abs(now - ms)), 0);
  if (age > VERY_OLD) return 'year';
  return age > OLD ? 'day' : 'time';
}

function formatter(form: Form, { utc }: TimeView, seconds: boolean): (ms: number) => string {
  const format = new Intl.DateTimeFormat('en-US', {
    hourCycle: 'h23',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    year: 'numeric',
    month: form === 'day' ? 'short' : '2-digit',
    day: '2-digit',
    ...(utc && { timeZone: 'UTC' }),
  });
  return (ms) => {
    const parts = Object.fromEntries(
      format.formatToParts(ms).map((part) => [part.type, part.value]),
    );
    const { year, month, day, hour, minute, second } = parts;
    const clock = `${hour}:${minute}${seconds ? `:${second}` : ''}`;
    if (form === 'time') return clock;
    return form === 'day' ? `${month} ${day} ${clock}` : `${year}-${month}-${day} ${clock}`;
  };
}
