import type { BoardStatus } from './farm-state.ts';
import type { Trouble } from './trouble.ts';

const SECOND = 1_000;
/**
 * Pauses between two looks, in ms: while someone looks, and when nobody asked for a minute. A row is to be on the page
 * within five seconds, of which the look and the page take some.
 */
const [LOOK, IDLE_LOOK] = [4 * SECOND, 60 * SECOND];
/** What a pause is at least and at most while DynamoDB throttles. */
const [LEAST_LATE, MOST_LATE] = [20 * SECOND, 60 * SECOND];
/** Pauses after looks that got no answer: the first, doubled up to the longest. */
const [FIRST_TRY, LAST_TRY] = [2 * SECOND, 30 * SECOND];

type Known = Pick<BoardStatus, 'lamp' | 'since' | 'reason' | 'command' | 'nextTry' | 'lookEvery'>;

/** Knows by the looks whether AWS answers, and how long to pause after each. */
export class Connection {
  readonly #now: () => number;
  #lamp: BoardStatus['lamp'] = 'connecting';
  #since: number;
  #trouble: Trouble | undefined;
  /** While it throttles. */
  #late = 0;
  /** Looks in a row without an answer. */
  #failures = 0;
  #nextTry: number | undefined;
  #pause = LOOK;
  /** When the last look that got an answer began. */
  #answered: number;

  /** @param now the time in ms since the epoch */
  constructor(now: () => number) {
    this.#now = now;
    this.#since = now();
    this.#answered = this.#since;
  }

  get status(): Known {
    return {
      lamp: this.#lamp,
      since: this.#since,
      reason: this.#trouble?.reason ?? '',
      command: this.#trouble?.command ?? null,
      nextTry: this.#lamp === 'cut off' ? (this.#nextTry ?? null) : null,
      lookEvery: this.#pause,
    };
  }

  /**
   * A look got its answers.
   *
   * @param isWatched whether someone asked within a minute
   * @returns the pause until the next look, in ms
   */
  answered(isWatched: boolean): number {
    const late = this.#late / 2;
    this.#late = late < LEAST_LATE ? 0 : late;
    this.#failures = 0;
    this.#answered = this.#now();
    if (this.#late === 0) {
      this.#trouble = undefined;
      this.#become('live', this.#answered);
    }
    return this.#pauseFor(Math.max(this.#late, isWatched ? LOOK : IDLE_LOOK));
  }

  /** A look failed. */
  failed(trouble: Trouble): number {
    this.#trouble = trouble;
    if (trouble.lamp === 'late') {
      this.#become('late', this.#now());
      this.#late = Math.min(MOST_LATE, Math.max(LEAST_LATE, this.#late * 2));
      return this.#pauseFor(this.#late);
    }
    this.#become('cut off', this.#answered);
    const pause = Math.min(LAST_TRY, FIRST_TRY * 2 ** this.#failures);
    this.#failures += 1;
    this.#nextTry = this.#now() + pause;
    return this.#pauseFor(pause);
  }

  #pauseFor(pause: number): number {
    this.#pause = pause;
    return pause;
  }

  #become(lamp: BoardStatus['lamp'], since: number): void {
    if (lamp !== this.#lamp) this.#since = since;
    this.#lamp = lamp;
  }
}
