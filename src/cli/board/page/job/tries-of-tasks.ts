import type { Transition } from '../../../../shared/history-entry.ts';
import type { TransitionName } from '../../../../shared/transitions.ts';
import type { TaskState } from '../../state/farm-state.ts';
import { groupBy } from './group-by.ts';
import { type CellStatus, cellStatus } from './task-cells.ts';

/** A worker's try at a task. Times are ms since the epoch, null if they are not known. */
export interface TaskTry {
  readonly task: number | string;
  readonly worker: string | null;
  readonly begin: number | null;
  /** Null while it renders. */
  readonly end: number | null;
  /** `other`: it ended in a way that nothing tells, or in a status without a mark. */
  readonly outcome: Exclude<CellStatus, 'none'>;
}

const OUTCOMES: Partial<Record<TransitionName, TaskTry['outcome']>> = {
  'task-completed': 'completed',
  'task-failed': 'failed',
  'task-suspended': 'suspended',
  'task-requeued': 'requeued',
  'task-stopped': 'other',
};

/** A row's times and its transitions' may differ by this much, in ms: Deadline writes them one after the other. */
const APART = 5_000;

/**
 * All tries that are known: what each task's row says of its last one, and what the transitions say of those before.
 * By their tasks, then from the first to the last.
 *
 * @param transitions in any order
 */
export function taskTries(
  tasks: readonly TaskState[],
  transitions: readonly Transition[],
): TaskTry[] {
  const earlier = groupBy(triesOf(transitions), ({ task }) => task);
  const tries = tasks.flatMap((row) => {
    const before = earlier.get(row.task) ?? [];
    earlier.delete(row.task);
    return withLast(before, lastTry(row));
  });
  return [...tries, ...[...earlier.values()].flat()];
}

function triesOf(transitions: readonly Transition[]): TaskTry[] {
  const tries: TaskTry[] = [];
  const open = new Map<number, TaskTry>();
  const inOrder = transitions.toSorted((a, b) => (a.at < b.at ? -1 : Number(a.at > b.at)));
  for (const { task, transition, at, worker } of inOrder) {
    if (task === null) continue;
    const time = Date.parse(at);
    const begun = open.get(task);
    open.delete(task);
    if (transition === 'task-started') {
      // Its stop never came, but it has ended.
      if (begun) tries.push({ ...begun, end: time, outcome: 'other' });
      open.set(task, { task, worker, begin: time, end: null, outcome: 'rendering' });
    } else {
      const isSame = begun !== undefined && (worker === null || worker === begun.worker);
      if (begun && !isSame) tries.push({ ...begun, end: time, outcome: 'other' });
      tries.push({
        task,
        worker: worker ?? begun?.worker ?? null,
        begin: isSame ? begun.begin : null,
        end: time,
        outcome: OUTCOMES[transition] ?? 'other',
      });
    }
  }
  return [...tries, ...open.values()];
}

function lastTry({ task, worker, started, stopped, ran, status }: TaskState): TaskTry {
  const outcome = cellStatus(status);
  const begin = started ?? (stopped !== null && ran !== null ? stopped - ran : null);
  const end = outcome === 'rendering' ? null : stopped;
  return { task, worker, begin, end, outcome: outcome === 'none' ? 'other' : outcome };
}

/** The tries before the last, and the last: its row knows most of it. */
function withLast(before: readonly TaskTry[], last: TaskTry): TaskTry[] {
  const { begin, end, outcome } = last;
  if (begin === null && end === null) return before.length > 0 ? [...before] : [last];
  const isLast = (each: TaskTry) =>
    each.end === null ||
    (each.outcome === outcome && end !== null && Math.abs(each.end - end) <= APART);
  const isEarlier = (each: TaskTry) =>
    !isLast(each) && (each.end ?? 0) <= (begin ?? end ?? 0) + APART;
  const same = before.findLast(isLast);
  return [...before.filter(isEarlier), { ...last, begin: begin ?? same?.begin ?? null }];
}
