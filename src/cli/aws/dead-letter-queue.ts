import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { chunks } from '../../shared/chunks.ts';
import { NotFound } from '../../shared/errors.ts';
import { queueLength } from '../../shared/sqs-queue.ts';
import { oneLine } from '../../terminal/printable.ts';
import type { Account } from './account.ts';

/** How many messages SQS takes or gives in one request (API reference). */
const MAX_MESSAGES = 10;
/** How long SQS waits for messages, in s: more than none, so that it asks all of its servers. */
const WAIT = 1;
/**
 * How long messages stay hidden, in s, should nobody release them. SQS has no way to look at a queue
 * but to receive its messages, which hides them from others.
 */
const HOLD = 600;

/** A dead-letter queue, whose messages keep the time at which they were first sent. */
export class DeadLetterQueue implements AsyncDisposable {
  readonly #sqs: SQSClient;
  readonly #url: string;
  /** The receipt handles of the messages that are held, by message id. */
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

  /** How many messages there are, as far as SQS knows: those that others hold, too. */
  async count(signal: AbortSignal): Promise<number> {
    this.#counted = await queueLength(this.#sqs, this.#url, signal);
    return this.#counted;
  }

  /** Tells of the messages that SQS counted, but did not give; `undefined` where it gave all. */
  get unseenNote(): string | undefined {
    const unseen = this.#counted - this.#seen.size;
    if (unseen <= 0) return undefined;
    return (
      `SQS counted ${unseen} more, which were not looked at: somebody else may hold them, for ten minutes ` +
      'at most, or the tables could not be reached. Try again then.'
    );
  }

  /**
   * All messages that SQS gives, each once. They are held until they are deleted or released.
   */
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
        // Not broken off: what SQS has given by then could not be released.
      );
      for (const message of Messages)
        this.#held.set(messageId(message), message.ReceiptHandle ?? '');
      if (Messages.length === 0) return;
      // A Standard queue may give a message twice, and does so when its time is up.
      const fresh = Messages.filter((message) => !this.#seen.has(messageId(message)));
      for (const message of fresh) this.#seen.add(messageId(message));
      yield* fresh;
    }
  }

  /**
   * The messages with these ids, in that order, which stay held. All others are released.
   *
   * @param onDone is told how many more were looked at
   * @throws NotFound when SQS does not give one of them
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
      `There is no dead letter ${oneLine(id)} among the ${this.#seen.size} that SQS gave.` +
        (note === undefined ? '' : ` ${note}`),
    );
  }

  /** @returns why SQS did not delete some, by message id */
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

  /** Shows what is held to others again. What SQS does not release now, it does when its time is up. */
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
