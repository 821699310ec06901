import type { PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import type { Retry } from '../shared/retry.ts';
import type { EventBus, PutFailure } from './event-bus.ts';
import { putRequests } from './put-requests.ts';

/** What became of an event: the bus took it, never will, or has not yet. */
export type EventOutcome =
  | { readonly status: 'published' }
  | { readonly status: 'invalid' | 'unsent'; readonly reason: string };

const NOT_TRIED: EventOutcome = { status: 'unsent', reason: 'not tried' };

/**
 * Puts events on a bus, one request after the other, so that they stay in order. What the bus does not take is
 * put again without the others. After an event that stays unsent, no later request is made.
 *
 * @param retry determines when time is up
 * @returns the outcome of each event, in order
 */
export async function publish(
  entries: readonly PutEventsRequestEntry[],
  bus: EventBus,
  { signal, backoff }: Retry,
): Promise<EventOutcome[]> {
  const outcomes: EventOutcome[] = [];
  for (const request of putRequests(entries)) {
    const settled = new Map<PutEventsRequestEntry, EventOutcome>();
    let open = request;
    let isRefused = false;
    for (let attempt = 0; open.length > 0 && !isRefused && !signal.aborted; attempt += 1) {
      const failures = await bus.put(open, signal);
      open.forEach((entry, index) => {
        const outcome = toOutcome(failures[index]);
        // As time runs out, a request only tells that it was broken off.
        if (outcome.status === 'unsent' && attempt > 0 && signal.aborted) return;
        settled.set(entry, outcome);
      });
      open = open.filter((entry) => settled.get(entry)?.status === 'unsent');
      isRefused = failures.some((failure) => failure?.kind === 'refused');
      if (open.length > 0 && !isRefused) await backoff(attempt);
    }
    outcomes.push(...request.map((entry) => settled.get(entry) ?? NOT_TRIED));
    if (open.length > 0) break;
  }
  return entries.map((_, index) => outcomes[index] ?? NOT_TRIED);
}

function toOutcome(failure: PutFailure | undefined): EventOutcome {
  if (failure === undefined) return { status: 'published' };
  const { kind, reason } = failure;
  return { status: kind === 'invalid' ? 'invalid' : 'unsent', reason };
}
