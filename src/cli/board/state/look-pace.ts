import { LOOK_BACK } from '../../watch/seen-rows.ts';

/** How far most looks read again, in ms: Deadline sends once a minute, in any order. */
const BURST = 2 * 60_000;
/** How often a look reads all again that can have come late, in ms: little does, and all is paid for. */
const FAR_LOOKS = 60_000;

/**
 * How far back a look reads what is sorted by time, so that it finds all that comes up to ten minutes late, and most at
 * once.
 */
export class LookPace {
  /** From where on the next look that reads far does, in ms since the epoch. */
  farFrom = -Infinity;
  readonly #now: () => number;
  #nearFrom = -Infinity;
  #lookedFar = -Infinity;
  /** Of the look under way. */
  #look = { begin: 0, isFar: true };

  /** @param now the time in ms since the epoch */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Whether a look that begins now reads far. */
  get isFar(): boolean {
    return this.#now() - this.#lookedFar >= FAR_LOOKS;
  }

  /** @returns from where on a look reads that begins now, in ms since the epoch */
  begin(): number {
    this.#look = { begin: this.#now(), isFar: this.isFar };
    return this.#look.isFar ? this.farFrom : this.#nearFrom;
  }

  /**
   * Tells that the look read all.
   *
   * @param newest the latest time of what is known, in ms since the epoch
   */
  end(newest: number): void {
    const { begin, isFar } = this.#look;
    const known = Math.min(newest, begin);
    if (isFar) {
      this.#lookedFar = begin;
      this.farFrom = known - LOOK_BACK;
    }
    this.#nearFrom = Math.max(this.farFrom, known - BURST);
  }
}
