import { groupBy } from './group-by.ts';
import type { TaskTry } from './tries-of-tasks.ts';

/** A worker, and its tries at the job's tasks. */
export interface TimelineRow {
  readonly worker: string;
  readonly failed: number;
  readonly requeued: number;
  /** In the order of their beginnings. */
  readonly tries: readonly TaskTry[];
}

/** What the timeline tells of, in ms since the epoch. */
export interface TimelineSpan {
  readonly begin: number;
  readonly end: number;
}

/** Over this many workers, only the worst are shown. */
const MOST = 24;
const WORST = 12;

/** What stands for a worker that no notification named. */
export const NO_WORKER = 'no worker named';

/** A row a worker, the worst first: by failed tries, then requeued ones, then by name. */
export function timelineRows(tries: readonly TaskTry[]): TimelineRow[] {
  const byWorker = groupBy(tries, ({ worker }) => worker ?? NO_WORKER);
  const rows = Array.from(byWorker, ([worker, some]) => ({
    worker,
    failed: some.filter(({ outcome }) => outcome === 'failed').length,
    requeued: some.filter(({ outcome }) => outcome === 'requeued').length,
    tries: some.toSorted((a, b) => timeOf(a) - timeOf(b)),
  }));
  return rows.sort(
    (a, b) =>
      b.failed - a.failed ||
      b.requeued - a.requeued ||
      a.worker.localeCompare(b.worker, 'en', { numeric: true }),
  );
}

/** The rows that are shown unless all are asked for, and a sentence about the others. */
export function worstRows(rows: readonly TimelineRow[]): {
  readonly shown: readonly TimelineRow[];
  readonly more: string;
} {
  if (rows.length <= MOST) return { shown: rows, more: '' };
  const rest = rows.slice(WORST);
  const failing = rest.filter(({ failed }) => failed > 0).length;
  const how = failing === 0 ? 'without failures' : `${failing} of them with failures`;
  return {
    shown: rows.slice(0, WORST),
    more: `${rest.length} more${failing === 0 ? ' ' : ', '}${how}`,
  };
}

/**
 * From the first try's begin to the last one's end, or until now if one goes on; undefined if no time is known.
 *
 * @param now in ms since the epoch
 */
export function timelineSpan(tries: readonly TaskTry[], now: number): TimelineSpan | undefined {
  let [begin, end] = [Infinity, -Infinity];
  for (const each of tries) {
    if (each.begin === null && each.end === null) continue;
    const last = each.outcome === 'rendering' ? now : each.end;
    begin = Math.min(begin, each.begin ?? Infinity, last ?? Infinity);
    end = Math.max(end, last ?? -Infinity, each.begin ?? -Infinity);
  }
  if (begin > end) return undefined;
  return { begin, end: Math.max(end, begin + 1_000) };
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const STEPS = [
  ...[1, 5, 10, 30].map((count) => count * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * MINUTE),
  ...[1, 2, 3, 6, 12, 24, 48, 168].map((count) => count * HOUR),
];

/**
 * Round times within a span, at most so many.
 *
 * @param offset what local time is ahead of UTC, in ms: times are round where the reader is
 */
export function timeTicks(span: TimelineSpan, most: number, offset: number): number[] {
  const length = span.end - span.begin;
  const step =
    STEPS.find((each) => length / each <= most) ?? Math.ceil(length / most / HOUR) * HOUR;
  const ticks: number[] = [];
  const first = Math.ceil((span.begin + offset) / step) * step - offset;
  for (let tick = first; tick <= span.end; tick += step) ticks.push(tick);
  return ticks;
}

function timeOf({ begin, end }: TaskTry): number {
  return begin ?? end ?? Infinity;
}
