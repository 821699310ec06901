import type { PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { isLeft, type PutFailure, putInOrder } from '../shared/put-in-order.ts';
import type { Retry } from '../shared/retry.ts';
import type { EventBus } from './event-bus.ts';
import { putRequests } from './put-requests.ts';

/** What became of an event: the bus took it, never will, or has not yet. */
export type EventOutcome =
  | { readonly status: 'published' }
  | { readonly status: 'invalid' | 'unsent'; readonly reason: string };

/**
 * Puts events on a bus, in order. After an event that stays unsent, no later request is made.
 *
 * @param retry determines when time is up
 * @returns the outcome of each event, in order
 */
export async function publish(
  entries: readonly PutEventsRequestEntry[],
  bus: EventBus,
  retry: Retry,
): Promise<EventOutcome[]> {
  const requests = putRequests(entries);
  const failures = await putInOrder(requests, (some, signal) => bus.put(some, signal), retry);
  return failures.map(toOutcome);
}

function toOutcome(failure: PutFailure | undefined): EventOutcome {
  if (failure === undefined) return { status: 'published' };
  return { status: isLeft(failure) ? 'unsent' : 'invalid', reason: failure.reason };
}
