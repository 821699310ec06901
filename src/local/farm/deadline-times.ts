/** The farm's zone all year, in hours from UTC: that of the times in Deadline's manual. */
const OFFSET = -5;

/** How Deadline writes a time that is not set. */
export const NOT_SET = '0001-01-01T00:00:00Z';

/** A time in details, of ms since the epoch: the farm's own, to the ms, with its offset. */
export function localDateTime(ms: number): string {
  return new Date(ms + OFFSET * 3_600_000).toISOString().replace('Z', '-05:00');
}

/** A `Timestamp`, of ticks of 100 ns since the epoch: seven digits, less the zeros at their end. */
export function timestamp(ticks: bigint): string {
  const seconds = new Date(Number(ticks / 10_000n)).toISOString().slice(0, 19);
  const fraction = String(ticks % 10_000_000n)
    .padStart(7, '0')
    .replace(/0+$/, '');
  return `${seconds}${fraction && `.${fraction}`}Z`;
}

/** A span of ms as `hh:mm:ss`, without what is left of a second. */
export function timeSpan(ms: number): string {
  const seconds = Math.floor(ms / 1_000);
  return [seconds / 3_600, (seconds / 60) % 60, seconds % 60]
    .map((part) => String(Math.floor(part)).padStart(2, '0'))
    .join(':');
}
