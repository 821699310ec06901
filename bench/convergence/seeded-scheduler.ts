import { setImmediate } from 'node:timers/promises';
import type { Random } from '../../src/local/farm/random.ts';

/**
 * Interleaves concurrent work step by step: of all steps that wait, the seed decides which runs next. So a
 * seed repeats the same order on any machine, as long as the work waits for nothing but its steps.
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

  /** Runs until no steps are left, or until the signal. */
  async run(signal: AbortSignal): Promise<void> {
    for (;;) {
      signal.throwIfAborted();
      await setImmediate(); // whatever the last step released schedules its next step
      if (this.#waiting.length === 0) return;
      const chosen = this.#random.int(0, this.#waiting.length - 1);
      const [step] = this.#waiting.splice(chosen, 1);
      await step?.();
    }
  }
}
