import { setTimeout } from 'node:timers/promises';

/** How long to go on trying, and how long to wait between two tries. */
export interface Retry {
  /** Aborts when time is up. */
  readonly signal: AbortSignal;

  /**
   * Waits before the next try, but not beyond the time that is left.
   *
   * @param attempt how many tries were followed by a wait before this one: 0 at first
   */
  backoff(attempt: number): Promise<void>;
}

/** The longest wait, in ms: after the first try, and what it doubles up to. */
const FIRST_BACKOFF = 25;
const LONGEST_BACKOFF = 2_000;

/**
 * Retries until the signal, with exponential backoff and full jitter: those that were refused together do
 * not come back together.
 */
export function retryUntil(signal: AbortSignal): Retry {
  return {
    signal,
    async backoff(attempt) {
      const longest = Math.min(LONGEST_BACKOFF, FIRST_BACKOFF * 2 ** attempt);
      await setTimeout(Math.random() * longest, undefined, { signal }).catch(() => undefined);
    },
  };
}
