import type { HistoryEntry } from '../../shared/history-entry.ts';
import { parseTimeSpan } from '../../shared/run-time.ts';
import { isOfJob } from '../history/entry-summary.ts';
import { triesOf } from '../history/task-tries.ts';
import type { WastedTry } from './statistics.ts';

/** Ticks of 100 ns in a ms. */
const TICKS = 10_000;

/**
 * The tries of a job's tasks that were for nothing, as they failed or were requeued in the end, of which it is known
 * how long they rendered.
 *
 * @param entries oldest first
 */
export function wastedTries(entries: readonly HistoryEntry[]): WastedTry[] {
  const transitions = entries.flatMap((entry) => {
    const { task, transition, worker, renderTime, errors } = entry;
    if (task === undefined || isOfJob(entry)) return [];
    const isStart = transition === 'task-started';
    return [{ task, isStart, worker, ran: parseTimeSpan(renderTime), errors, transition }];
  });
  return triesOf(transitions).flatMap(({ worker, ran, end }) => {
    const isWasted = end?.transition === 'task-failed' || end?.transition === 'task-requeued';
    if (!isWasted || ran === undefined || ran < 0) return [];
    const rendered = BigInt(Math.round(ran * TICKS));
    const isRequeue = end.transition === 'task-requeued';
    return [{ worker: worker || undefined, rendered, isRequeue }];
  });
}
