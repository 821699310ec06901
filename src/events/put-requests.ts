import type { PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { requestChunks } from '../shared/chunks.ts';
import { entrySize } from './event-entry.ts';

/** The most entries of a `PutEvents` request (API reference), and how many bytes they stay below. */
const LIMITS = { entries: 10, bytes: 256 * 1_024 };

/** The requests that put entries in their order. An entry that is too large is a request of its own. */
export function putRequests(
  entries: readonly PutEventsRequestEntry[],
): (readonly PutEventsRequestEntry[])[] {
  return requestChunks(entries, LIMITS, entrySize);
}
