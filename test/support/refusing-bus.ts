import { json } from 'node:stream/consumers';
import {
  type DeliveredEvent,
  deliveredEvent,
  type SentEntry,
} from '../../src/local/engines/event-bus-local.ts';
import { answering } from './answering.ts';

/**
 * A refusal of an entry, by its error code; or of the whole request it is in, by status and error, or by a
 * connection that breaks before the bus took it, or after.
 */
type Refusal =
  | string
  | { readonly status: number; readonly error: string }
  | { readonly broken: 'before' | 'after' };

/** An EventBridge that takes what a test does not have refused. */
export async function startEventBus() {
  const takeAll = (_entry: SentEntry): Refusal | undefined => undefined;
  const bus = {
    endpoint: '',
    /** The entries of each request. */
    requests: [] as SentEntry[][],
    /** What was taken. */
    events: [] as DeliveredEvent[],
    refusalOf: takeAll,
    reset() {
      bus.requests.length = 0;
      bus.events.length = 0;
      bus.refusalOf = takeAll;
    },
  };
  const { endpoint } = await answering(async (request, response) => {
    const { Entries } = (await json(request)) as { Entries: SentEntry[] };
    bus.requests.push(Entries);
    const refusals = Entries.map((entry) => bus.refusalOf(entry));
    const whole = refusals.find((refusal) => typeof refusal === 'object');
    const isBroken = whole !== undefined && 'broken' in whole;
    if (isBroken && whole.broken === 'before') {
      request.socket.destroy();
      return;
    }
    if (whole && !isBroken) {
      response.writeHead(whole.status, { 'content-type': 'application/x-amz-json-1.1' });
      response.end(JSON.stringify({ __type: whole.error, message: 'injected' }));
      return;
    }
    const answers = refusals.map((code, index) => {
      if (typeof code === 'string') return { ErrorCode: code, ErrorMessage: 'injected' };
      const event = deliveredEvent(Entries[index] as SentEntry);
      bus.events.push(event);
      return { EventId: event.id };
    });
    if (isBroken) {
      request.socket.destroy();
      return;
    }
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' });
    const FailedEntryCount = answers.filter((each) => 'ErrorCode' in each).length;
    response.end(JSON.stringify({ FailedEntryCount, Entries: answers }));
  });
  bus.endpoint = endpoint;
  return bus;
}
