/** What a task's tries are told from: a transition of it. */
export interface TriedTask {
  readonly task: number | string;
  readonly isStart: boolean;
  readonly worker: string | undefined;
  /** How long it rendered until it stopped, in ms. */
  readonly ran: number | undefined;
  readonly errors: number | undefined;
}

/** A worker's try to render a task. */
export interface Try<T extends TriedTask = TriedTask> {
  readonly task: number | string;
  readonly worker: string | undefined;
  /** In ms; `undefined` if it is not known, as while it renders. */
  readonly ran: number | undefined;
  /** Whether its start is known. */
  readonly hasStart: boolean;
  /** The last stop before the task's next try: what became of it. `undefined` if its end is not known. */
  readonly end: T | undefined;
}

/**
 * The tries that transitions tell of, in the order of their beginning.
 *
 * A stop ends the try that its task's start began. Without that start, it tells of a try of its own if it rendered
 * and says something else than the stop before: tasks that stopped are requeued and suspended by people, too.
 *
 * @param transitions of any tasks, oldest first
 */
export function triesOf<T extends TriedTask>(transitions: Iterable<T>): Try<T>[] {
  const tries: Try<T>[] = [];
  const open = new Map<number | string, number>();
  const stopped = new Map<number | string, number>();
  for (const each of transitions) {
    const { task, worker, ran, isStart } = each;
    const begun = open.get(task);
    if (isStart) {
      open.set(
        task,
        tries.push({ task, worker, ran: undefined, hasStart: true, end: undefined }) - 1,
      );
      stopped.delete(task);
      continue;
    }
    const last = stopped.get(task);
    const before = last === undefined ? undefined : (tries[last] as Try<T>);
    if (begun !== undefined) {
      const { worker: starter } = tries[begun] as Try<T>;
      tries[begun] = { task, worker: worker || starter, ran, hasStart: true, end: each };
      open.delete(task);
      stopped.set(task, begun);
    } else if (ran && !isSameTry(each, before?.end)) {
      stopped.set(task, tries.push({ task, worker, ran, hasStart: false, end: each }) - 1);
    } else if (last !== undefined && before !== undefined) {
      tries[last] = { ...before, end: each };
    }
  }
  return tries;
}

function isSameTry(stop: TriedTask, before: TriedTask | undefined): boolean {
  return (
    before !== undefined &&
    stop.worker === before.worker &&
    stop.ran === before.ran &&
    stop.errors === before.errors
  );
}
