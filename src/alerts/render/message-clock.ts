/** When something was, in a time zone with its own clock changes. */
interface Wall {
  readonly day: string;
  readonly clock: string;
  readonly zone: string;
}

/** The age from which a day has its year, in ms. */
const VERY_OLD = 300 * 86_400_000;

/**
 * Such as `01:47:23 EST`, or `19:57:25-19:58:23 EST`; while clocks change, `01:59:58 EDT-01:00:03 EST`.
 *
 * @param begin in ms since the epoch
 * @param timeZone its IANA name
 */
export function clockText(begin: number, end: number, timeZone: string): string {
  const [from, to] = wallsOf([begin, end], timeZone, false) as [Wall, Wall];
  const last = `${to.clock} ${to.zone}`;
  const first = `${from.clock} ${from.zone}`;
  if (first === last) return last;
  return `${from.zone === to.zone ? from.clock : first}-${last}`;
}

/** Such as `Nov 25`. */
export function dayText(ms: number, timeZone: string): string {
  return (wallsOf([ms], timeZone, false) as [Wall])[0].day;
}

/** Such as `from Nov 24 22:10 to Nov 25 01:40 EST`, or `on Nov 24 at 22:10 EST`. */
export function daysText(begin: number, end: number, timeZone: string, now: number): string {
  const hasYear = now - begin > VERY_OLD;
  const [from, to] = wallsOf([begin, end], timeZone, hasYear) as [Wall, Wall];
  const [first, last] = [from, to].map((wall) => `${wall.day} ${minuteOf(wall)}`);
  if (from.zone !== to.zone) return `from ${first} ${from.zone} to ${last} ${to.zone}`;
  if (first === last) return `on ${to.day} at ${minuteOf(to)} ${to.zone}`;
  return `from ${first} to ${last} ${to.zone}`;
}

function minuteOf({ clock }: Wall): string {
  return clock.slice(0, 'hh:mm'.length);
}

function wallsOf(times: readonly number[], timeZone: string, hasYear: boolean): Wall[] {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    timeZoneName: 'short',
    hourCycle: 'h23',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    year: 'numeric',
    month: hasYear ? '2-digit' : 'short',
    day: '2-digit',
  });
  return times.map((ms) => {
    const parts = Object.fromEntries(
      format.formatToParts(ms).map((part) => [part.type, part.value]),
    );
    const { year, month, day, hour, minute, second, timeZoneName = '' } = parts;
    return {
      day: hasYear ? `${year}-${month}-${day}` : `${month} ${day}`,
      clock: `${hour}:${minute}:${second}`,
      zone: timeZoneName,
    };
  });
}
