import { sum } from './report-figures.ts';
import type { Report, ReportedMachine } from './report-model.ts';
import type { SpanReading } from './report-reading.ts';
import { moreText } from './report-words.ts';

/** The most machines that a report names. */
const MOST = 8;

const COLLATOR = new Intl.Collator('en', { numeric: true });

/** The machines that failed or wasted something: the worst first. */
export function machines({ failed, count }: SpanReading, hasHistory: boolean): Report['machines'] {
  const figures = new Map(count.machines.map(({ group, figures }) => [group, figures]));
  const failures = Map.groupBy(failed, ({ task }) => task.worker || undefined);
  const all = [...new Set([...figures.keys(), ...failures.keys()])]
    .map((worker): ReportedMachine => {
      // Without it, all that failed there is of jobs that have not stopped.
      const own = figures.get(worker);
      const hasTries = own !== undefined && hasHistory;
      return {
        worker: worker ?? null,
        failed: failures.get(worker)?.length ?? 0,
        requeued: hasTries ? (count.requeued.get(worker) ?? 0) : null,
        wastedSeconds: hasTries ? own.wastedSeconds : null,
        renderSeconds: own?.renderSeconds ?? null,
      };
    })
    .filter(({ failed, requeued, wastedSeconds }) => failed || requeued || wastedSeconds)
    .sort(
      (a, b) =>
        b.failed - a.failed ||
        (b.requeued ?? 0) - (a.requeued ?? 0) ||
        (b.wastedSeconds ?? 0) - (a.wastedSeconds ?? 0) ||
        COLLATOR.compare(a.worker ?? '', b.worker ?? ''),
    );
  const left = all.slice(MOST);
  const failedOnes = sum(left.map((each) => each.failed));
  return { rows: all.slice(0, MOST), more: moreText(left.length, 'machine', failedOnes) };
}
