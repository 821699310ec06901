import { REDELIVERY_HOURS } from '../../shared/setting-values.ts';

/** The shortest and the longest time until a message is tried again that its channel does not tell, in s. */
const [SHORTEST, LONGEST] = [5, 300];

/** SQS hides a message for twelve hours at most since it was received (API reference, `ChangeMessageVisibility`). */
const HIDDEN = 11 * 3_600;

/**
 * How long to wait before a message is sent again, in s: as long as its channel says, or else with exponential
 * backoff and jitter.
 *
 * @param after what the channel says, in s
 * @param receives how often it was received: 1 at first
 * @param random from 0 to 1
 */
export function delayOf(after: number | undefined, receives: number, random: number): number {
  if (after !== undefined) return Math.min(HIDDEN, Math.max(1, Math.ceil(after)));
  const longest = Math.min(LONGEST, SHORTEST * 2 ** receives);
  return Math.round(SHORTEST + random * (longest - SHORTEST));
}

/** Whether a message has been tried for as long as it is, by when it was put into the queue, in ms since the epoch. */
export function isGivenUp(sent: number, now: number): boolean {
  return now - sent > REDELIVERY_HOURS * 3_600_000;
}
