import type { HistoryEntry } from '../../shared/history-entry.ts';
import { parseTimeSpan, ticksOf } from '../../shared/run-time.ts';
import { isOfJob } from '../history/entry-summary.ts';
import { type TriedTask, triesOf } from '../history/task-tries.ts';
import { renderTicks } from './measured-task.ts';
import type { WastedTry } from './statistics.ts';

interface TriedTransition extends TriedTask {
  readonly transition: HistoryEntry['transition'];
}

/**
 * The tries of a job's tasks that were for nothing, as they failed or were requeued in the end.
 *
 * @param entries of a job, oldest first
 */
export async function wastedTries(entries: AsyncIterable<HistoryEntry>): Promise<WastedTry[]> {
  const transitions: TriedTransition[] = [];
  for await (const entry of entries) {
    const { task, transition, worker, renderTime, errors } = entry;
    if (task === undefined || isOfJob(entry)) continue;
    const ran = renderTicks(renderTime) === undefined ? undefined : parseTimeSpan(renderTime);
    const isStart = transition === 'task-started';
    transitions.push({ task, isStart, worker, ran, errors, transition });
  }
  return triesOf(transitions).flatMap(({ worker, ran, end }) => {
    if (end?.transition !== 'task-failed' && end?.transition !== 'task-requeued') return [];
    const rendered = ran === undefined ? undefined : ticksOf(ran);
    const isRequeue = end.transition === 'task-requeued';
    return [{ worker: worker || undefined, rendered, isRequeue }];
  });
}
