import {
  type EventBridgeClient,
  PutEventsCommand,
  type PutEventsRequestEntry,
} from '@aws-sdk/client-eventbridge';
import { isTemporary } from '../shared/temporary-error.ts';

/** Why an event is not on the bus. */
export interface PutFailure {
  /**
   * - `busy`: throttled, out of order, or not reached; put it again
   * - `invalid`: the bus will never take this event
   * - `refused`: the bus takes no event, such as without permission
   */
  readonly kind: 'busy' | 'invalid' | 'refused';
  readonly reason: string;
}

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

  /** @param client must not retry: the caller does */
  constructor(client: EventBridgeClient) {
    this.#client = client;
  }

  /**
   * Puts the entries of one request.
   *
   * @returns for each, in order, why it was not taken; `undefined` if it was. Failures are not thrown
   */
  async put(
    entries: readonly PutEventsRequestEntry[],
    signal: AbortSignal,
  ): Promise<(PutFailure | undefined)[]> {
    try {
      const command = new PutEventsCommand({ Entries: [...entries] });
      const { Entries = [] } = await this.#client.send(command, { abortSignal: signal });
      if (Entries.length === entries.length) return Entries.map(entryFailure);
      const reason = `EventBridge answered for ${Entries.length} of ${entries.length} events`;
      return entries.map(() => ({ kind: 'busy', reason }));
    } catch (error) {
      const failure = requestFailure(error);
      if (failure.kind !== 'invalid' || entries.length === 1) return entries.map(() => failure);
      const alone: (PutFailure | undefined)[] = [];
      for (const entry of entries) alone.push(...(await this.put([entry], signal)));
      return alone;
    }
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

function requestFailure(error: unknown): PutFailure {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  if (name === 'AbortError') return { kind: 'busy', reason: 'EventBridge has not answered' };
  const isInvalid = /^(ValidationException|RequestEntityTooLarge)/.test(name);
  const kind = isInvalid ? 'invalid' : isTemporary(error) ? 'busy' : 'refused';
  return { kind, reason: `${name}: ${message}` };
}
