import type { PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { entrySize } from './event-entry.ts';

/** The most entries of a `PutEvents` request (API reference), and how many bytes they stay below. */
const MAX_ENTRIES = 10;
const MAX_BYTES = 256 * 1_024;

/** The requests that put entries in their order. An entry that is too large is a request of its own. */
export function putRequests(
  entries: readonly PutEventsRequestEntry[],
): (readonly PutEventsRequestEntry[])[] {
  const requests: PutEventsRequestEntry[][] = [];
  let bytes = Infinity;
  for (const entry of entries) {
    const size = entrySize(entry);
    const request = requests.at(-1);
    if (request && request.length < MAX_ENTRIES && bytes + size < MAX_BYTES) {
      request.push(entry);
      bytes += size;
    } else {
      requests.push([entry]);
      bytes = size;
    }
  }
  return requests;
}
