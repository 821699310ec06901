import { setImmediate } from 'node:timers/promises';
import type { Random } from '../../src/local/farm/random.ts';

/**
 * Lets those that run at the same time take one step after another, in an order that a seed chooses
 * among all steps that wait. Whatever the machine does, a seed makes the same order again, as long as
 * nobody waits for anything but steps.
 */
export class Steps {
  readonly #random: Random;
  readonly #waiting: (() => Promise<void>)[] = [];

  constructor(random: Random) {
    this.#random = random;
  }

  /** Waits for its turn, and gives what the work gives. */
  take<T>(work: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#waiting.push(() => work().then(resolve, reject));
    });
  }

  /** Goes on until nobody waits any more, or the signal. */
  async run(signal: AbortSignal): Promise<void> {
    for (;;) {
      signal.throwIfAborted();
      await setImmediate(); // all that the last step has set free comes to its next
      if (this.#waiting.length === 0) return;
      const chosen = this.#random.int(0, this.#waiting.length - 1);
      const [step] = this.#waiting.splice(chosen, 1);
      await step?.();
    }
  }
}
