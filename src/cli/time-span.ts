import { shortTimes, type TimeView } from '../terminal/short-time.ts';
import { dateTime, span as durationText } from '../terminal/time.ts';

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

/** The same, as short as a list has its times: `since 19:42`. */
export function shortSpanText({ since, until }: TimeSpan, view: TimeView): string {
  const [from, to] = shortTimes([since, until], view);
  return until === undefined ? `since ${from}` : `from ${from} to ${to}`;
}

/** The same in a sentence: `in 12 h`, or `from 19:42 to 21:00`. */
export function inText(span: TimeSpan, view: TimeView): string {
  return span.until === undefined
    ? `in ${durationText(view.now - span.since)}`
    : shortSpanText(span, view);
}
