/** The farm's UTC offset in hours, all year: that of the samples in Deadline's manual. */
const OFFSET = -5;

/** Deadline's value for a time that is not set. */
export const NOT_SET = '0001-01-01T00:00:00Z';

/** Formats ms since the epoch as in `JobDetails` and `TaskDetails`: local time to the ms, with offset. */
export function localDateTime(ms: number): string {
  return new Date(ms + OFFSET * 3_600_000).toISOString().replace('Z', '-05:00');
}

/**
 * Formats a `Timestamp`: UTC, with up to seven fractional digits, as .NET drops trailing zeros.
 *
 * @param ticks since the epoch, each 100 ns
 */
export function timestamp(ticks: bigint): string {
  const seconds = new Date(Number(ticks / 10_000n)).toISOString().slice(0, 19);
  const fraction = String(ticks % 10_000_000n)
    .padStart(7, '0')
    .replace(/0+$/, '');
  return `${seconds}${fraction && `.${fraction}`}Z`;
}

/** Formats a duration in ms as `hh:mm:ss`, rounded down. */
export function timeSpan(ms: number): string {
  const seconds = Math.floor(ms / 1_000);
  return [seconds / 3_600, (seconds / 60) % 60, seconds % 60]
    .map((part) => String(Math.floor(part)).padStart(2, '0'))
    .join(':');
}
