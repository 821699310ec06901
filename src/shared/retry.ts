import { setTimeout } from 'node:timers/promises';

/** How long to keep trying, and how long to wait between attempts. */
export interface Retry {
  /** Aborts when time is up. */
  readonly signal: AbortSignal;

  /**
   * Waits before the next attempt, but no longer than the time left.
   *
   * @param attempt the number of earlier waits: 0 at first
   */
  backoff(attempt: number): Promise<void>;
}

/** The longest first wait, and the limit up to which it doubles, in ms. */
const FIRST_BACKOFF = 25;
const LONGEST_BACKOFF = 2_000;

/**
 * Retries until the signal aborts, with exponential backoff and full jitter, so that requests that were
 * throttled together do not return together.
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
