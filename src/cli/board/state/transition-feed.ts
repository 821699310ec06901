import type { Transition } from '../../../shared/history-entry.ts';
import { LOOK_BACK } from '../../watch/seen-rows.ts';

/** Which transitions a client wants: what comes from now on, if it says no begin. */
export interface FeedFilter {
  /** Those of this job only. */
  readonly job?: string;
  /** All that are known of this time or later (ms since the epoch), then what comes. */
  readonly since?: number;
  /** The id of the last one that it got, to go on after it. */
  readonly after?: string;
}

/**
 * The time of a transition by its id, in ms since the epoch: after the job's id comes the time, as `at` of an entry of
 * the history begins with it.
 *
 * @returns `undefined` for what is no id
 */
export function timeOfId(id: string): number | undefined {
  const [, time] = /\/(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3})\d*#/.exec(id) ?? [];
  const ms = Date.parse(`${time}Z`);
  return Number.isNaN(ms) ? undefined : ms;
}

/** The earliest time of what a client may not have got; `undefined` if it wants what comes from now on. */
export function beginOf({ since, after }: FeedFilter): number | undefined {
  if (after === undefined) return since;
  // What came after it was late by so much at most.
  return (timeOfId(after) ?? 0) - LOOK_BACK;
}

/** Transitions in the order in which they came to be known, which is not that of their times. Holds the newest. */
export class TransitionLog {
  readonly #all: Transition[];
  readonly #most: number;
  /** How many were before the first that it holds. */
  #dropped = 0;
  /** The position of the first that came to be known while it was kept. */
  readonly #firstNews: number;

  /**
   * @param most how many it holds
   * @param before what is known at its begin, by time
   */
  constructor(most: number, before: readonly Transition[] = []) {
    this.#most = most;
    this.#all = [...before];
    this.#firstNews = before.length;
    this.#drop();
  }

  /** The position after the last transition. */
  get end(): number {
    return this.#dropped + this.#all.length;
  }

  add(transitions: readonly Transition[]): void {
    for (const each of transitions) this.#all.push(each);
    this.#drop();
  }

  /** All that it holds, or what came at a position or later. */
  from(position = 0): readonly Transition[] {
    return this.#all.slice(Math.max(0, position - this.#dropped));
  }

  /**
   * The position after a transition; `undefined` if it is not among those that came while the log was kept: which
   * others came before it is not known then.
   */
  after(id: string): number | undefined {
    const position = this.#dropped + this.#all.findLastIndex((each) => each.id === id);
    return position < Math.max(this.#firstNews, this.#dropped) ? undefined : position + 1;
  }

  #drop(): void {
    const excess = this.#all.length - this.#most;
    if (excess < this.#most / 10) return;
    this.#all.splice(0, excess);
    this.#dropped += excess;
  }
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
   * @param others what is known from a time on that may not be in the log, by time
   */
  begin(
    log: TransitionLog,
    position: number,
    others: (since: number) => readonly Transition[] = () => [],
  ): void {
    const { after } = this.filter;
    const since = beginOf(this.filter);
    const last = after === undefined ? undefined : log.after(after);
    this.#log = log;
    this.#position = last ?? (since === undefined ? position : log.end);
    if (last === undefined && since !== undefined) {
      const held = log.from();
      const ids = new Set(held.map(({ id }) => id));
      // Those of the log come last, in its order, to go on after the last one.
      const all = [...others(since).filter(({ id }) => !ids.has(id)), ...held];
      this.#give(all.filter(({ at, id }) => Date.parse(at) >= since && id !== after));
    }
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
