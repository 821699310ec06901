import { hash } from 'node:crypto';
import {
  SendMessageBatchCommand,
  type SendMessageBatchRequestEntry,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { requestChunks } from '../shared/chunks.ts';
import {
  isLeft,
  type PutFailure,
  type PutFailures,
  putInOrder,
  putTogether,
  type Service,
} from '../shared/put-in-order.ts';
import type { Retry } from '../shared/retry.ts';
import { REFUSED_CHARACTER } from '../shared/sqs-queue.ts';
import type { ChannelMessage } from './message/channel-message.ts';

/** The most entries of a `SendMessageBatch`, and how many bytes they stay below (API reference). */
const LIMITS = { entries: 10, bytes: 256 * 1_024 };

/** Error codes for what the queue will never take (API reference, `SendMessage` and `SendMessageBatch`). */
const INVALID =
  /^(BatchRequestTooLong|InvalidBatchEntryId|InvalidMessageContents|InvalidParameterValue|MessageTooLong|MissingParameter|ValidationException)/;

const SERVICE: Service = { name: 'SQS', invalid: INVALID };

/** What became of messages that were put into the queue. */
export interface Queued {
  /** How many the queue took, now or before. */
  readonly count: number;
  /** Those that it will never take. */
  readonly invalid: readonly { readonly id: string; readonly reason: string }[];
  /** Why the others are not in it; `undefined` if there are none. */
  readonly unqueuedBecause: string | undefined;
}

type Entry = SendMessageBatchRequestEntry & { readonly Id: string; readonly MessageBody: string };

/** The FIFO queue of messages. Its groups are the channels. */
export class AlertQueue {
  readonly #client: SQSClient;
  readonly #url: string;

  /** @param client tries each request once: `put` tries again */
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
  async put(messages: readonly ChannelMessage[], retry: Retry): Promise<Queued> {
    const requests = requestChunks(messages.map(toEntry), LIMITS, bodySize);
    const send = (entries: readonly Entry[], signal: AbortSignal) =>
      putTogether(entries, (some) => this.#send(some, signal), SERVICE);
    const failures = await putInOrder(requests, send, retry);
    return {
      count: failures.filter((failure) => failure === undefined).length,
      invalid: messages.flatMap(({ id }, index) => {
        const failure = failures[index];
        return failure?.kind === 'invalid' ? { id, reason: failure.reason } : [];
      }),
      unqueuedBecause: failures.find(isLeft)?.reason,
    };
  }

  async #send(entries: readonly Entry[], signal: AbortSignal): Promise<PutFailures> {
    const command = new SendMessageBatchCommand({ QueueUrl: this.#url, Entries: [...entries] });
    const answer = await this.#client.send(command, { abortSignal: signal });
    const taken = new Set(answer.Successful?.map(({ Id }) => Id));
    const refused = new Map(answer.Failed?.map((each) => [each.Id, each]));
    return entries.map(({ Id }) => (taken.has(Id) ? undefined : entryFailure(refused.get(Id))));
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

function entryFailure({
  Code = 'no answer',
  Message = 'no message',
}: {
  readonly Code?: string | undefined;
  readonly Message?: string | undefined;
} = {}): PutFailure {
  return { kind: INVALID.test(Code) ? 'invalid' : 'busy', reason: `${Code}: ${Message}` };
}
