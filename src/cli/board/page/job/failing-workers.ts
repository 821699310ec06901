import type { JobState, TaskState } from '../../state/farm-state.ts';
import { cellStatus } from './task-cells.ts';
import { NO_WORKER } from './timeline-rows.ts';

/** How many tasks failed on a worker, and how many of its tries were requeued: null where the history is off. */
export interface FailingWorker {
  readonly worker: string;
  readonly failed: number;
  readonly requeued: number | null;
}

/** The workers on which tasks failed, the most first; then those of which tasks were only requeued. */
export function failingWorkers(
  tasks: readonly TaskState[],
  requeuesByWorker: JobState['requeuesByWorker'],
): FailingWorker[] {
  const requeues = requeuesByWorker && new Map(requeuesByWorker);
  const counts = new Map<string, number>();
  for (const { status, worker } of tasks) {
    if (cellStatus(status) !== 'failed') continue;
    const name = worker ?? NO_WORKER;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  for (const worker of requeues?.keys() ?? []) counts.set(worker, counts.get(worker) ?? 0);
  const lines = Array.from(counts, ([worker, failed]) => ({
    ...{ worker, failed, requeued: requeues && (requeues.get(worker) ?? 0) },
  }));
  return lines.sort(
    (a, b) =>
      b.failed - a.failed ||
      (b.requeued ?? 0) - (a.requeued ?? 0) ||
      a.worker.localeCompare(b.worker, 'en', { numeric: true }),
  );
}

/**
 * Whether it is a few machines: `4 of 31 workers have 91 %`, the fewest that have nine tenths, if they are fewer than a
 * third; else `31 workers`.
 */
export function concentration(failing: readonly FailingWorker[], workers: number): string {
  const all = failing.reduce((sum, { failed }) => sum + failed, 0);
  let some = 0;
  const few = failing.findIndex(({ failed }) => {
    some += failed;
    return some >= 0.9 * all;
  });
  if (few + 1 >= workers / 3) return workers === 1 ? '1 worker' : `${workers} workers`;
  const share = Math.floor((100 * some) / all);
  return `${few + 1} of ${workers} workers ${few === 0 ? 'has' : 'have'} ${share} %`;
}
