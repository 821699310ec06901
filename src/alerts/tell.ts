import type { Alert } from '../shared/alerts/alert.ts';
import { LookupFailed } from '../shared/errors.ts';
import type { Transition } from '../shared/history-entry.ts';
import type { Retry } from '../shared/retry.ts';
import type { AlertQueue, Queued } from './alert-queue.ts';
import { gather, type Lookups } from './gather/gather.ts';
import type { AlertMessage } from './message/alert-message.ts';
import { type MessageView, renderMessage } from './render/render-message.ts';

/** What came of the transitions of a batch. */
export interface TellOutcome {
  readonly messages: readonly AlertMessage[];
  readonly queued: Queued;
}

export interface Telling {
  readonly alerts: readonly Alert[];
  readonly view: MessageView;
  readonly lookups: Lookups;
  readonly queue: AlertQueue;
  /** Determines when time is up. */
  readonly retry: Retry;
}

/** Gathers transitions to messages, and puts those into the queue in the form of each channel of their alerts. */
export async function tell(
  transitions: readonly Transition[],
  { alerts, view, lookups, queue, retry }: Telling,
): Promise<TellOutcome> {
  try {
    const messages = await gather(transitions, alerts, lookups, view.now);
    const rendered = messages.flatMap((message) => {
      const alert = alerts.find(({ name }) => name === message.alert) as Alert;
      return alert.to.flatMap((channel) => renderMessage(message, alert, channel, view));
    });
    return { messages, queued: await queue.put(rendered, retry) };
  } catch (error) {
    if (!(error instanceof LookupFailed)) throw error;
    const queued = { count: 0, invalid: [], unqueuedBecause: error.message };
    return { messages: [], queued };
  }
}
