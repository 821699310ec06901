import {
  type EventBridgeClient,
  PutEventsCommand,
  type PutEventsRequestEntry,
} from '@aws-sdk/client-eventbridge';
import {
  type PutFailure,
  type PutFailures,
  putTogether,
  type Service,
} from '../shared/put-in-order.ts';

const SERVICE: Service = {
  name: 'EventBridge',
  invalid: /^(ValidationException|RequestEntityTooLarge)/,
};

/** Error codes of an entry (API reference, `PutEventsResultEntry`). All others count as `busy`. */
const KINDS: ReadonlyMap<string, PutFailure['kind']> = new Map([
  ['AccessDeniedException', 'refused'],
  ['InvalidAccountIdException', 'refused'],
  ['NotAuthorizedForDetailTypeException', 'refused'],
  ['NotAuthorizedForSourceException', 'refused'],
  ['InvalidArgument', 'invalid'],
  ['MalformedDetail', 'invalid'],
  ['RedactionFailure', 'invalid'],
]);

/** EventBridge, of which each entry names its bus. */
export class EventBus {
  readonly #client: EventBridgeClient;

  /** @param client tries each request once: `publish` tries again */
  constructor(client: EventBridgeClient) {
    this.#client = client;
  }

  /** Puts the entries of one request. Failures are not thrown. */
  put(entries: readonly PutEventsRequestEntry[], signal: AbortSignal): Promise<PutFailures> {
    return putTogether(entries, (some) => this.#send(some, signal), SERVICE);
  }

  async #send(
    entries: readonly PutEventsRequestEntry[],
    signal: AbortSignal,
  ): Promise<PutFailures> {
    const command = new PutEventsCommand({ Entries: [...entries] });
    const { Entries = [] } = await this.#client.send(command, { abortSignal: signal });
    if (Entries.length === entries.length) return Entries.map(entryFailure);
    const reason = `EventBridge answered for ${Entries.length} of ${entries.length} events`;
    return entries.map(() => ({ kind: 'busy', reason }));
  }
}

function entryFailure({
  ErrorCode: code,
  ErrorMessage: message = 'no message',
}: {
  ErrorCode?: string | undefined;
  ErrorMessage?: string | undefined;
}): PutFailure | undefined {
  if (code === undefined) return undefined;
  return { kind: KINDS.get(code) ?? 'busy', reason: `${code}: ${message}` };
}
