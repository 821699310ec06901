import { setImmediate } from 'node:timers/promises';
import type { Random } from '../../src/local/farm/random.ts';

/**
 * Interleaves concurrent work step by step. The seed decides which of the waiting steps runs next, so the
 * order is the same on any machine, as long as the work waits only for its steps.
 */
export class SeededScheduler {
  readonly #random: Random;
  readonly #waiting: (() => Promise<void>)[] = [];

  constructor(random: Random) {
    this.#random = random;
  }

  /** Runs a step when its turn comes, and returns its result. */
  schedule<T>(step: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#waiting.push(() => step().then(resolve, reject));
    });
  }

  /** Runs until no steps are left or the signal aborts. */
  async run(signal: AbortSignal): Promise<void> {
    for (;;) {
      signal.throwIfAborted();
      await setImmediate(); // lets the work that the last step resumed schedule its next step
      if (this.#waiting.length === 0) return;
      const chosen = this.#random.int(0, this.#waiting.length - 1);
      const [step] = this.#waiting.splice(chosen, 1);
      await step?.();
    }
  }
}
