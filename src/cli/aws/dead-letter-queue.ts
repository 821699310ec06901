import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { chunks } from '../../shared/chunks.ts';
import { NotFound } from '../../shared/errors.ts';
import { oneLine } from '../../shared/printable.ts';
import { queueLength } from '../../shared/sqs-queue.ts';
import type { Account } from './account.ts';

/** Messages per SQS request, at most (API reference). */
const MAX_MESSAGES = 10;
/** Wait time in s. Anything above 0 is long polling, which asks all SQS servers instead of a sample. */
const WAIT = 1;
/**
 * Visibility timeout in s, in case messages are never released. The only way to look into a queue is to
 * receive its messages, which hides them from everyone else.
 */
const HOLD = 600;

/** A dead-letter queue. Its messages keep their original send time. */
export class DeadLetterQueue implements AsyncDisposable {
  readonly #sqs: SQSClient;
  readonly #url: string;
  /** Receipt handles of the messages held, by message id. */
  readonly #held = new Map<string, string>();
  readonly #seen = new Set<string>();
  #counted = 0;

  constructor(account: Account, url: string) {
    this.#sqs = new SQSClient(account);
    this.#url = url;
  }

  get url(): string {
    return this.#url;
  }

  /** The approximate number of messages, including those that others hold. */
  async count(signal: AbortSignal): Promise<number> {
    this.#counted = await queueLength(this.#sqs, this.#url, signal);
    return this.#counted;
  }

  /** A note about messages that SQS counted but did not deliver; `undefined` if it delivered all. */
  get unseenNote(): string | undefined {
    const unseen = this.#counted - this.#seen.size;
    if (unseen <= 0) return undefined;
    return (
      `SQS counted ${unseen} more that were not processed: another command may hold them (for up to ` +
      'ten minutes), or the tables could not be reached. Try again later.'
    );
  }

  /** All messages that SQS delivers, each once. They are held until they are deleted or released. */
  async *receive(signal: AbortSignal): AsyncGenerator<Message, void, undefined> {
    for (;;) {
      signal.throwIfAborted();
      const { Messages = [] } = await this.#sqs.send(
        new ReceiveMessageCommand({
          QueueUrl: this.#url,
          MaxNumberOfMessages: MAX_MESSAGES,
          MessageSystemAttributeNames: ['All'],
          VisibilityTimeout: HOLD,
          WaitTimeSeconds: WAIT,
        }),
        // No abort signal: messages received by an aborted request could not be released.
      );
      for (const message of Messages)
        this.#held.set(messageId(message), message.ReceiptHandle ?? '');
      if (Messages.length === 0) return;
      // A standard queue may deliver a message twice, and does once its visibility timeout ends.
      const fresh = Messages.filter((message) => !this.#seen.has(messageId(message)));
      for (const message of fresh) this.#seen.add(messageId(message));
      yield* fresh;
    }
  }

  /**
   * Holds the messages with these ids and returns them in the same order. Releases all others.
   *
   * @param onDone called with the number of messages received since the last call
   * @throws NotFound if SQS does not deliver one of them
   */
  async hold(
    ids: readonly string[],
    onDone: (count: number) => void,
    signal: AbortSignal,
  ): Promise<Message[]> {
    const found = new Map<string, Message | undefined>(ids.map((id) => [id, undefined]));
    let missing = found.size;
    for await (const message of this.receive(signal)) {
      onDone(1);
      if (!found.has(messageId(message))) continue;
      found.set(messageId(message), message);
      missing -= 1;
      if (missing === 0) break;
    }
    await this.release(new Set(found.keys()));
    return [...found].map(([id, message]) => message ?? this.#notFound(id));
  }

  #notFound(id: string): never {
    const note = this.unseenNote;
    throw new NotFound(
      `There is no dead letter ${oneLine(id)} among the ${this.#seen.size} that SQS delivered.` +
        (note === undefined ? '' : ` ${note}`),
    );
  }

  /** @returns the reasons for messages that SQS did not delete, by message id */
  async delete(ids: readonly string[]): Promise<Map<string, string>> {
    const problems = new Map<string, string>();
    for (const chunk of chunks(ids, MAX_MESSAGES)) {
      const Entries = this.#entries(chunk);
      const { Successful = [], Failed = [] } = await this.#sqs.send(
        new DeleteMessageBatchCommand({ QueueUrl: this.#url, Entries }),
      );
      for (const { Id = '' } of Successful) this.#held.delete(Id);
      for (const { Id = '', Code, Message } of Failed) problems.set(Id, `${Code}: ${Message}`);
    }
    return problems;
  }

  /** Makes held messages visible again. Any that SQS fails to release reappear after the timeout. */
  async release(except: ReadonlySet<string> = new Set()): Promise<void> {
    const ids = [...this.#held.keys()].filter((id) => !except.has(id));
    for (const chunk of chunks(ids, MAX_MESSAGES)) {
      const Entries = this.#entries(chunk).map((entry) => ({ ...entry, VisibilityTimeout: 0 }));
      await this.#sqs.send(
        new ChangeMessageVisibilityBatchCommand({ QueueUrl: this.#url, Entries }),
      );
      for (const id of chunk) this.#held.delete(id);
    }
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.release();
  }

  #entries(ids: readonly string[]) {
    return ids.map((Id) => ({ Id, ReceiptHandle: this.#held.get(Id) }));
  }
}

function messageId({ MessageId = '' }: Message): string {
  return MessageId;
}
