import { setTimeout } from 'node:timers/promises';

/** How long one may go on trying, and how one waits between two tries. */
export interface Patience {
  /** Says when time is up. */
  readonly signal: AbortSignal;

  /**
   * Waits, or until time is up.
   *
   * @param setbacks how many there were before the one that one waits for now
   */
  pause(setbacks: number): Promise<void>;
}

/** The longest pause, in ms: after the first setback, and what it doubles up to. */
const FIRST_PAUSE = 25;
const LONGEST_PAUSE = 2_000;

/**
 * Patience until the signal, with exponential backoff and full jitter, so that those who had their
 * setback together do not come back together.
 */
export function patience(signal: AbortSignal): Patience {
  return {
    signal,
    async pause(setbacks) {
      const longest = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** setbacks);
      await setTimeout(Math.random() * longest, undefined, { signal }).catch(() => undefined);
    },
  };
}
