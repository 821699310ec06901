import type { TaskState } from '../../../../../../src/cli/board/state/farm-state.ts';
import type { Transition } from '../../../../../../src/shared/history-entry.ts';

/** A task that completed, but for what a test says. */
export function taskOf(task: number | string, other: Partial<TaskState> = {}): TaskState {
  return {
    ...{ task, status: 'Completed', worker: 'render-001', frames: null, started: null },
    ...{ stopped: null, ran: null, errors: 0, reason: '', requeues: 0 },
    ...other,
  };
}

/** A transition at a second of a minute. */
export function transitionAt(
  second: number,
  transition: Transition['transition'],
  task: number | null,
  worker: string | null = 'render-001',
): Transition {
  const at = new Date(second * 1_000).toISOString();
  return {
    ...{ id: `job/${at}/${task}/${transition}`, at, job: 'job', task, transition, status: null },
    ...{ reason: null, worker, frames: null, errors: null },
  };
}
