import { hash } from 'node:crypto';
import {
  SendMessageBatchCommand,
  type SendMessageBatchRequestEntry,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { requestChunks } from '../shared/chunks.ts';
import type { Retry } from '../shared/retry.ts';
import { REFUSED_CHARACTER } from '../shared/sqs-queue.ts';
import { isTemporary } from '../shared/temporary-error.ts';
import type { ChannelMessage } from './message/channel-message.ts';

/** The most entries of a `SendMessageBatch`, and how many bytes they stay below (API reference). */
const LIMITS = { entries: 10, bytes: 256 * 1_024 };

/** What became of messages that were put into the queue. */
export interface Queued {
  /** How many the queue took, now or before. */
  readonly count: number;
  /** Those that it will never take. */
  readonly invalid: readonly { readonly id: string; readonly reason: string }[];
  /** Why the others are not in it; `undefined` if there are none. */
  readonly unqueuedBecause: string | undefined;
}

/** Why an entry is not in the queue. */
interface Failure {
  /**
   * - `busy`: throttled, or not reached; send it again
   * - `invalid`: the queue will never take this entry
   * - `refused`: the queue takes no entry, such as without permission
   */
  readonly kind: 'busy' | 'invalid' | 'refused';
  readonly reason: string;
}

type Entry = SendMessageBatchRequestEntry & { readonly Id: string; readonly MessageBody: string };

/** The FIFO queue of messages. Its groups are the channels. */
export class AlertQueue {
  readonly #client: SQSClient;
  readonly #url: string;

  /** @param client must not retry: the queue does */
  constructor(client: SQSClient, url: string) {
    this.#client = client;
    this.#url = url;
  }

  /**
   * Puts messages into the queue, one request after the other, so that those of a channel stay in order. What the
   * queue does not take is sent again without the others. After a message that stays out, no later request is made.
   *
   * @param retry determines when time is up
   */
  async put(messages: readonly ChannelMessage[], { signal, backoff }: Retry): Promise<Queued> {
    const invalid: { id: string; reason: string }[] = [];
    let count = 0;
    for (const request of requestChunks(messages.map(toEntry), LIMITS, bodySize)) {
      let open = request;
      let reason = 'not tried';
      let isRefused = false;
      for (let attempt = 0; open.length > 0 && !isRefused && !signal.aborted; attempt += 1) {
        const failures = await this.#send(open, signal);
        for (const entry of open) {
          const failure = failures.get(entry.Id);
          if (failure === undefined) count += 1;
          else if (failure.kind === 'invalid') {
            invalid.push({ id: entry.MessageDeduplicationId ?? '', reason: failure.reason });
            // As time runs out, a request only tells that it was broken off.
          } else if (attempt === 0 || !signal.aborted) reason = failure.reason;
        }
        open = open.filter(({ Id }) => (failures.get(Id)?.kind ?? 'invalid') !== 'invalid');
        isRefused = [...failures.values()].some(({ kind }) => kind === 'refused');
        if (open.length > 0 && !isRefused) await backoff(attempt);
      }
      if (open.length > 0) return { count, invalid, unqueuedBecause: reason };
    }
    return { count, invalid, unqueuedBecause: undefined };
  }

  /** @returns why entries are not in the queue, by their ids. Failures are not thrown */
  async #send(entries: readonly Entry[], signal: AbortSignal): Promise<Map<string, Failure>> {
    try {
      const command = new SendMessageBatchCommand({ QueueUrl: this.#url, Entries: [...entries] });
      const answer = await this.#client.send(command, { abortSignal: signal });
      const taken = new Set(answer.Successful?.map(({ Id }) => Id));
      const refused = new Map(answer.Failed?.map((each) => [each.Id, each]));
      const others = entries.filter(({ Id }) => !taken.has(Id));
      return new Map(others.map(({ Id }) => [Id, entryFailure(refused.get(Id))]));
    } catch (error) {
      const failure = requestFailure(error);
      if (failure.kind !== 'invalid' || entries.length === 1) {
        return new Map(entries.map(({ Id }) => [Id, failure]));
      }
      const alone: [string, Failure][] = [];
      for (const entry of entries) alone.push(...(await this.#send([entry], signal)));
      return new Map(alone);
    }
  }
}

const REFUSED = new RegExp(REFUSED_CHARACTER, 'gu');

/** Texts of people may have characters that SQS refuses: as JSON escapes, they have the same value. */
function toEntry(message: ChannelMessage, index: number): Entry {
  return {
    Id: String(index),
    MessageBody: JSON.stringify(message).replaceAll(
      REFUSED,
      (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
    ),
    MessageGroupId: hash('sha256', message.channel, 'hex'),
    MessageDeduplicationId: message.id,
  };
}

function bodySize({ MessageBody }: Entry): number {
  return Buffer.byteLength(MessageBody);
}

/** Error codes for what the queue will never take (API reference, `SendMessage` and `SendMessageBatch`). */
const INVALID =
  /^(BatchRequestTooLong|InvalidBatchEntryId|InvalidMessageContents|InvalidParameterValue|MessageTooLong|MissingParameter|ValidationException)/;

function entryFailure({
  Code = 'no answer',
  Message = 'no message',
}: {
  readonly Code?: string | undefined;
  readonly Message?: string | undefined;
} = {}): Failure {
  return { kind: INVALID.test(Code) ? 'invalid' : 'busy', reason: `${Code}: ${Message}` };
}

function requestFailure(error: unknown): Failure {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  if (name === 'AbortError') return { kind: 'busy', reason: 'SQS has not answered' };
  const kind = INVALID.test(name) ? 'invalid' : isTemporary(error) ? 'busy' : 'refused';
  return { kind, reason: `${name}: ${message}` };
}
