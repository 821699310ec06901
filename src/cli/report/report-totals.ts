import type { Figures } from '../statistics/totals.ts';
import { changeText } from './change-text.ts';
import { knownHistory } from './known-history.ts';
import { sum, summed } from './report-figures.ts';
import type { Total, Unit } from './report-model.ts';
import type { EarlierReading, SpanReading } from './report-reading.ts';

/** What the totals of a span are made of. */
interface Sums {
  /** `undefined` if no job stopped. */
  readonly figures: Figures | undefined;
  readonly failedTasks: number;
  readonly requeued: number;
}

interface Definition {
  readonly name: string;
  readonly unit: Unit;
  readonly value: (sums: Sums) => number | null;
  /** Whether only the history tells it. */
  readonly isOfHistory?: true;
  /** Whether it counts what failed. */
  readonly isFailed?: true;
  /** Whether it is left out where it is 0. */
  readonly isRare?: true;
}

const TOTALS: readonly Definition[] = [
  count('jobs', ({ figures }) => figures?.jobs ?? 0),
  count('completed jobs', ({ figures }) => figures?.jobsCompleted ?? 0),
  { ...count('failed jobs', ({ figures }) => figures?.jobsFailed ?? 0), isFailed: true },
  { ...count('suspended jobs', ({ figures }) => figures?.jobsSuspended ?? 0), isRare: true },
  { ...count('deleted jobs', ({ figures }) => figures?.jobsDeleted ?? 0), isRare: true },
  { ...count('failed tasks', ({ failedTasks }) => failedTasks), isFailed: true },
  { ...count('requeued tries', ({ requeued }) => requeued), isOfHistory: true },
  {
    ...{ name: 'rendered', unit: 'seconds' },
    value: ({ figures }) => summed(figures, 'renderSeconds'),
  },
  {
    ...{ name: 'wasted', unit: 'seconds', isOfHistory: true },
    value: ({ figures }) => summed(figures, 'wastedSeconds'),
  },
  count('errors', ({ figures }) => summed(figures, 'errors')),
  {
    ...{ name: 'output', unit: 'bytes' },
    value: ({ figures }) => summed(figures, 'outputBytes'),
  },
];

function count(name: string, value: Definition['value']): Definition {
  return { name, unit: 'count', value };
}

/**
 * The figures of the whole span, without those that nothing is known of. What the history tells in part is compared
 * with nothing.
 *
 * @param historySince in ms since the epoch; null where it is off
 */
export function totals(
  now: SpanReading,
  before: EarlierReading | undefined,
  historySince: number | null,
): Total[] {
  const history = knownHistory(now.jobs, historySince);
  const isWholeBefore = before && knownHistory(before.jobs, historySince) === 'whole';
  const sums = sumsOf(now, now.failed.length);
  const sumsBefore = before && sumsOf(before, before.failedTasks);
  return TOTALS.flatMap(({ name, unit, value, isOfHistory, isFailed = false, isRare }) => {
    const one = isOfHistory && history === 'none' ? null : value(sums);
    const other = sumsBefore && (!isOfHistory || isWholeBefore) ? value(sumsBefore) : null;
    const isCompared = !isOfHistory || history === 'whole';
    const change = isCompared ? changeText(one, other, unit === 'count') : null;
    const isLeftOut = isRare ? !one && !other : one === null && other === null;
    if (isLeftOut) return [];
    return [{ name, unit, now: one, before: other, change, isFailure: isFailed && one !== 0 }];
  });
}

function sumsOf({ count }: Pick<SpanReading, 'count'>, failedTasks: number): Sums {
  return { figures: count.figures, failedTasks, requeued: sum(count.requeued.values()) };
}
