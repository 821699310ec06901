import type { HistoryEntry } from '../../shared/history-entry.ts';
import { isOfJob } from '../history/entry-summary.ts';
import { type TriedTask, triesOf } from '../history/task-tries.ts';
import { renderTicks } from './measured-task.ts';
import type { WastedTry } from './statistics.ts';

/** Ticks of 100 ns in a ms. */
const TICKS = 10_000;

interface TriedTransition extends TriedTask {
  readonly transition: HistoryEntry['transition'];
}

/**
 * The tries of a job's tasks that were for nothing, as they failed or were requeued in the end, of which it is known
 * how long they rendered.
 *
 * @param entries of a job, oldest first
 */
export async function wastedTries(entries: AsyncIterable<HistoryEntry>): Promise<WastedTry[]> {
  const transitions: TriedTransition[] = [];
  for await (const entry of entries) {
    const { task, transition, worker, renderTime, errors } = entry;
    if (task === undefined || isOfJob(entry)) continue;
    const ticks = renderTicks(renderTime);
    const ran = ticks === undefined ? undefined : Number(ticks) / TICKS;
    transitions.push({
      task,
      isStart: transition === 'task-started',
      worker,
      ran,
      errors,
      transition,
    });
  }
  return triesOf(transitions).flatMap(({ worker, ran, end }) => {
    const isWasted = end?.transition === 'task-failed' || end?.transition === 'task-requeued';
    if (!isWasted || ran === undefined) return [];
    const rendered = BigInt(Math.round(ran * TICKS));
    const isRequeue = end.transition === 'task-requeued';
    return [{ worker: worker || undefined, rendered, isRequeue }];
  });
}
