import type { Figures } from '../statistics/totals.ts';
import { changeText } from './change-text.ts';
import { known, renderSeconds, sum } from './report-figures.ts';
import type { Total, Unit } from './report-model.ts';
import type { EarlierReading, ReportFacts, SpanReading } from './report-reading.ts';
import type { SpanCount } from './span-count.ts';

/** Whether the history has something of the span. */
export function isHistoryThere({ unknowns: { historySince }, now }: ReportFacts): boolean {
  return historySince !== null && historySince < now.until;
}

export function totals(
  facts: ReportFacts,
  { count, failed }: SpanReading,
  before: EarlierReading | undefined,
): Total[] {
  const [figures, figuresBefore] = [count.figures, before?.count.figures];
  const { historySince: since } = facts.unknowns;
  const isHistoryNow = isHistoryThere(facts);
  const isHistoryBefore = since !== null && since <= facts.earlier.since;
  const total = (
    name: string,
    unit: Unit,
    value: (figures: Figures | undefined, count: SpanCount) => number | null,
  ): Total => {
    const one = value(figures, count);
    const other = before ? value(figuresBefore, before.count) : null;
    return {
      name,
      unit,
      now: one,
      before: other,
      change: changeText(one, other, unit === 'count'),
    };
  };
  const ofHistory = (all: Total): Total => {
    const [now, before] = [isHistoryNow ? all.now : null, isHistoryBefore ? all.before : null];
    return { ...all, now, before, change: changeText(now, before, all.unit === 'count') };
  };
  const failedBefore = before?.failedTasks ?? null;
  const all: Total[] = [
    total('jobs', 'count', (of) => of?.jobs ?? 0),
    total('completed jobs', 'count', (of) => of?.jobsCompleted ?? 0),
    total('failed jobs', 'count', (of) => of?.jobsFailed ?? 0),
    total('suspended jobs', 'count', (of) => of?.jobsSuspended ?? 0),
    total('deleted jobs', 'count', (of) => of?.jobsDeleted ?? 0),
    {
      ...{ name: 'failed tasks', unit: 'count', now: failed.length, before: failedBefore },
      change: changeText(failed.length, failedBefore, true),
    },
    ofHistory(total('requeued tries', 'count', (_, { requeued }) => sum(requeued.values()))),
    total('rendered', 'seconds', renderSeconds),
    ofHistory(total('wasted', 'seconds', (of) => of?.wastedSeconds ?? (of ? null : 0))),
    total('errors', 'count', (of) => known(of, of?.errors)),
    total('output', 'bytes', (of) => known(of, of?.outputBytes)),
  ];
  const rare = new Set(['suspended jobs', 'deleted jobs']);
  return all.filter(({ name, now, before }) => {
    if (rare.has(name)) return now !== 0 || (before ?? 0) !== 0;
    return now !== null || before !== null;
  });
}
