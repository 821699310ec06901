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
export interface Try {
  readonly task: number | string;
  readonly worker: string | undefined;
  /** In ms; `undefined` if it is not known, as while it renders. */
  readonly ran: number | undefined;
  /** Whether its start is known. */
  readonly hasStart: boolean;
  /** Whether its end is known. */
  readonly hasEnd: boolean;
}

/**
 * The tries that transitions tell of, in the order of their beginning.
 *
 * A stop ends the try that its task's start began. Without that start, it tells of a try of its own if it rendered
 * and says something else than the stop before: tasks that stopped are requeued and suspended by people, too.
 *
 * @param transitions of any tasks, oldest first
 */
export function triesOf(transitions: Iterable<TriedTask>): Try[] {
  const tries: Try[] = [];
  const open = new Map<number | string, number>();
  const stopped = new Map<number | string, TriedTask>();
  for (const each of transitions) {
    const { task, worker, ran, isStart } = each;
    const begun = open.get(task);
    if (isStart) {
      open.set(
        task,
        tries.push({ task, worker, ran: undefined, hasStart: true, hasEnd: false }) - 1,
      );
      stopped.delete(task);
      continue;
    }
    if (begun !== undefined) {
      const { worker: starter } = tries[begun] as Try;
      tries[begun] = { task, worker: worker || starter, ran, hasStart: true, hasEnd: true };
      open.delete(task);
    } else if (ran && !isSameTry(each, stopped.get(task))) {
      tries.push({ task, worker, ran, hasStart: false, hasEnd: true });
    }
    stopped.set(task, each);
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
