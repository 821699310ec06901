import { dateTime } from '../terminal/time.ts';

/** In ms since the epoch. */
export interface TimeSpan {
  /** Its first ms. */
  readonly since: number;
  /** The ms after its last; none if it has no end. */
  readonly until?: number;
}

/** Such as `since 2026-11-25 20:00:00`. */
export function timeSpanText({ since, until }: TimeSpan, utc: boolean): string {
  if (until === undefined) return `since ${dateTime(since, utc)}`;
  return `from ${dateTime(since, utc)} to ${dateTime(until, utc)}`;
}
