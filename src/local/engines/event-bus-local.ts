import { randomUUID } from 'node:crypto';
import { json } from 'node:stream/consumers';
import { type LoopbackServer, startLoopbackServer } from './loopback-server.ts';

/** An entry of a `PutEvents` request, as the SDK sends it. Times are in s since the epoch. */
export interface SentEntry {
  readonly Source: string;
  readonly DetailType: string;
  readonly Detail: string;
  readonly Time?: number;
  readonly EventBusName?: string;
}

/** An event as the target of a rule gets it. */
export type DeliveredEvent = Readonly<Record<string, unknown>>;

/** Gets each event, as the target of a rule that matches everything. */
export type OnEvent = (event: DeliveredEvent) => void;

/** Answers `PutEvents` on the loopback interface, at any free port. */
export async function startEventBusLocal(onEvent: OnEvent): Promise<LoopbackServer> {
  return startLoopbackServer(async (request, response) => {
    const { Entries } = (await json(request)) as { Entries: readonly SentEntry[] };
    const events = Entries.map(deliveredEvent);
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' });
    response.end(
      JSON.stringify({ FailedEntryCount: 0, Entries: events.map(({ id }) => ({ EventId: id })) }),
    );
    for (const event of events) onEvent(event);
  });
}

/** What EventBridge makes of an entry (its user guide, "Event structure reference"). */
export function deliveredEvent(entry: SentEntry): DeliveredEvent {
  const time = new Date(entry.Time === undefined ? Date.now() : entry.Time * 1_000);
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': entry.DetailType,
    source: entry.Source,
    account: '000000000000',
    time: `${time.toISOString().slice(0, 19)}Z`,
    region: 'us-east-1',
    resources: [],
    detail: JSON.parse(entry.Detail),
  };
}
