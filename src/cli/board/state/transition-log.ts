import type { Transition } from '../../../shared/history-entry.ts';

/** Transitions that a log holds. */
const MOST = 5_000;

/** The newest transitions in the order in which they came to be known, which is not that of their times. */
export class TransitionLog {
  readonly #all: Transition[] = [];
  /** How many were before the first that it holds. */
  #dropped = 0;

  /** The position after the last transition. */
  get end(): number {
    return this.#dropped + this.#all.length;
  }

  add(transitions: readonly Transition[]): void {
    for (const each of transitions) this.#all.push(each);
    const excess = this.#all.length - MOST;
    if (excess < MOST / 10) return;
    this.#all.splice(0, excess);
    this.#dropped += excess;
  }

  /** What came at a position or later. */
  from(position: number): readonly Transition[] {
    return this.#all.slice(Math.max(0, position - this.#dropped));
  }

  /**
   * The position after the transition of a time (ms since the epoch), so that who saw it last goes on from there;
   * `undefined` if there is none of just this time.
   */
  after(time: number): number | undefined {
    const at = new Date(time).toISOString();
    const index = this.#all.findLastIndex((each) => each.at === at);
    return index === -1 ? undefined : this.#dropped + index + 1;
  }
}
