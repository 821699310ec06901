import type { Transition } from '../../shared/history-entry.ts';
import type { TransitionName } from '../../shared/transitions.ts';

/** All transitions, the worst first: for people, a failure is worse than what someone did on purpose. */
const WORST_FIRST: readonly TransitionName[] = [
  'job-failed',
  'task-failed',
  'job-suspended',
  'task-suspended',
  'task-requeued',
  'job-deleted',
  'task-stopped',
  'job-completed',
  'task-completed',
  'task-started',
];

/** How bad a transition is: 0 is the worst. */
export function rankOf(transition: TransitionName): number {
  return WORST_FIRST.indexOf(transition);
}

/** The worst of these transitions. There must be at least one. */
export function worstOf(transitions: readonly Transition[]): TransitionName {
  const [worst] = transitions.map(({ transition }) => transition).sort(byRank);
  return worst as TransitionName;
}

/** How often each transition came, the worst first. */
export function countsOf(transitions: Iterable<TransitionName>): Map<TransitionName, number> {
  const counts = new Map<TransitionName, number>();
  for (const each of transitions) counts.set(each, (counts.get(each) ?? 0) + 1);
  return new Map([...counts].sort(([a], [b]) => byRank(a, b)));
}

function byRank(a: TransitionName, b: TransitionName): number {
  return rankOf(a) - rankOf(b);
}
