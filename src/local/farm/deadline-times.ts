/** The farm's UTC offset in hours, all year: the one in the samples of Deadline's manual. */
const OFFSET = -5;

/** What Deadline writes for a time that is not set. */
export const NOT_SET = '0001-01-01T00:00:00Z';

/** A time as in `JobDetails` and `TaskDetails`: local, to the ms, with its offset. */
export function localDateTime(ms: number): string {
  return new Date(ms + OFFSET * 3_600_000).toISOString().replace('Z', '-05:00');
}

/**
 * A `Timestamp`: UTC, with up to seven fractional digits, as .NET drops trailing zeros.
 *
 * @param ticks of 100 ns, since the epoch
 */
export function timestamp(ticks: bigint): string {
  const seconds = new Date(Number(ticks / 10_000n)).toISOString().slice(0, 19);
  const fraction = String(ticks % 10_000_000n)
    .padStart(7, '0')
    .replace(/0+$/, '');
  return `${seconds}${fraction && `.${fraction}`}Z`;
}

/** A duration as `hh:mm:ss`, rounded down to the second. */
export function timeSpan(ms: number): string {
  const seconds = Math.floor(ms / 1_000);
  return [seconds / 3_600, (seconds / 60) % 60, seconds % 60]
    .map((part) => String(Math.floor(part)).padStart(2, '0'))
    .join(':');
}
