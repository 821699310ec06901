import type { Transition } from '../../../shared/history-entry.ts';
import type { TransitionLog } from './transition-log.ts';

/** Which transitions a client wants. */
export interface FeedFilter {
  /** Those of this job only. */
  readonly job?: string;
  /**
   * The time of the last that it saw (ms since the epoch): it goes on after that one. If there was none of just this
   * time, all from this time on; what comes from now on if it is not set.
   */
  readonly since?: number;
}

/** Gives a client each transition of a log once. */
export class TransitionFeed {
  readonly filter: FeedFilter;
  readonly #onTransition: (transition: Transition) => void;
  #log: TransitionLog | undefined;
  #position = 0;

  constructor(filter: FeedFilter, onTransition: (transition: Transition) => void) {
    this.filter = filter;
    this.#onTransition = onTransition;
  }

  /** Whether it knows where it begins. */
  get hasBegun(): boolean {
    return this.#log !== undefined;
  }

  /**
   * Begins, and gives what it is to give of before.
   *
   * @param position in the log, for a client that wants what comes from there on
   * @param known all transitions from a time on that are known by now, in order
   */
  begin(
    log: TransitionLog,
    position: number,
    known: (since: number) => readonly Transition[],
  ): void {
    const { since } = this.filter;
    this.#log = log;
    this.#position = since === undefined ? position : (log.after(since) ?? log.end);
    if (since !== undefined && log.after(since) === undefined) this.#give(known(since));
    this.give();
  }

  /** Gives what is new. */
  give(): void {
    if (this.#log === undefined) return;
    const news = this.#log.from(this.#position);
    this.#position = this.#log.end;
    this.#give(news);
  }

  #give(transitions: readonly Transition[]): void {
    const { job } = this.filter;
    for (const each of transitions) {
      if (job === undefined || each.job === job) this.#onTransition(each);
    }
  }
}
