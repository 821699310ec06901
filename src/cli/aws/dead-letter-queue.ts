import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { chunks } from '../../shared/chunks.ts';
import { quiet } from '../../shared/function-clients.ts';
import { queueLength } from '../../shared/sqs-queue.ts';
import { withBar } from '../../terminal/progress.ts';
import { concurrently } from '../concurrently.ts';
import type { Account } from './account.ts';

/** Messages per SQS request, at most (API reference). */
export const MAX_MESSAGES = 10;
/** Wait time in s. Anything above 0 is long polling, which asks all SQS servers instead of a sample. */
const WAIT = 1;

/** Requests to SQS at once: half of an SDK client's 50 connections. */
export const CONCURRENCY = 24;

/** Limits of a look into the queue. */
const LIMITS = {
  /**
   * Visibility timeout in s, in case messages are never released. The only way to look into a queue is to
   * receive its messages, which hides them from everyone else.
   */
  hidden: 600,
  /**
   * Messages held at once. SQS delivers nothing once about 120,000 of a queue are in flight (SQS developer
   * guide, "Amazon SQS standard queue quotas"), and others may hold some.
   */
  held: 100_000,
  /** Time to receive what is under way and release everything after an interrupt, in ms. */
  grace: 5_000,
} as const;
export type Limits = Readonly<Record<keyof typeof LIMITS, number>>;

/** A dead-letter queue. Its messages keep their original send time. */
export class DeadLetterQueue implements AsyncDisposable {
  readonly url: string;
  readonly interrupt: AbortSignal;
  readonly #sqs: SQSClient;
  readonly #limits: Limits;
  /** Aborts all requests, some time after the interrupt. */
  readonly #end = new AbortController();
  /** Receipt handles of the messages held, by message id. */
  readonly #held = new Map<string, string>();
  /** The ids of the messages delivered and not deleted. */
  readonly #seen = new Set<string>();
  #counted = 0;
  #delivered = 0;
  #isFull = false;

  /** @param interrupt whatever is held then is released as far as time allows */
  constructor(
    account: Account,
    url: string,
    interrupt: AbortSignal,
    limits: Partial<Limits> = LIMITS,
  ) {
    this.url = url;
    this.interrupt = interrupt;
    this.#sqs = quiet(new SQSClient(account));
    this.#limits = { ...LIMITS, ...limits };
    const endSoon = () => setTimeout(() => this.#end.abort(), this.#limits.grace).unref();
    interrupt.addEventListener('abort', endSoon, { once: true });
  }

  /** Asks for the approximate number of messages, including those that others hold. */
  async count(): Promise<number> {
    this.#counted = await queueLength(this.#sqs, this.url, this.interrupt);
    return this.#counted;
  }

  /** The number of messages at the last count. */
  get counted(): number {
    return this.#counted;
  }

  /** The number of different messages that SQS has delivered. */
  get delivered(): number {
    return this.#delivered;
  }

  /** Whether SQS delivers no more until messages are deleted or released. */
  get isFull(): boolean {
    return this.#isFull || this.#held.size >= this.#limits.held;
  }

  /** A note about messages that were counted, but not processed; `undefined` if there are none. */
  unprocessedNote(processed: number): string | undefined {
    const left = Math.max(this.#counted, this.#delivered) - processed;
    if (left <= 0) return undefined;
    if (this.isFull) {
      return (
        `SQS does not hand out more at a time, so about ${left} were not processed. Replay or delete some, ` +
        'then try again.'
      );
    }
    return (
      `SQS counted ${left} more that were not processed: another command may hold them (for up to ` +
      `${this.#minutes} minutes), or the tables could not be reached. Try again later.`
    );
  }

  get #minutes(): number {
    return Math.ceil(this.#limits.hidden / 60);
  }

  /**
   * Receives up to ten messages. They are held until they are deleted or released.
   *
   * @returns all, and those that were not delivered before: a standard queue may deliver a message twice,
   *   and does once its visibility timeout ends
   */
  async receive(): Promise<{ all: Message[]; fresh: Message[] }> {
    const all = await this.#ask();
    for (const message of all) this.#held.set(messageId(message), message.ReceiptHandle ?? '');
    const fresh = all.filter((message) => !this.#seen.has(messageId(message)));
    for (const message of fresh) this.#seen.add(messageId(message));
    this.#delivered += fresh.length;
    return { all, fresh };
  }

  /** Whether SQS has delivered all that it counted. */
  get #isLikelyEmpty(): boolean {
    return this.#delivered > 0 && this.#delivered >= this.#counted;
  }

  async #ask(): Promise<Message[]> {
    try {
      const { Messages = [] } = await this.#sqs.send(
        new ReceiveMessageCommand({
          QueueUrl: this.url,
          MaxNumberOfMessages: MAX_MESSAGES,
          MessageSystemAttributeNames: ['All'],
          VisibilityTimeout: this.#limits.hidden,
          WaitTimeSeconds: this.#isLikelyEmpty ? 0 : WAIT,
        }),
        // Not the interrupt: messages received by an aborted request could not be released.
        { abortSignal: this.#end.signal },
      );
      return Messages;
    } catch (error) {
      if (!(error instanceof Error) || error.name !== 'OverLimit') throw error;
      this.#isFull = true;
      return [];
    }
  }

  /** @returns the reasons for messages that SQS did not delete, by message id */
  async delete(ids: readonly string[]): Promise<Map<string, string>> {
    const problems = new Map<string, string>();
    for (const chunk of chunks(ids, MAX_MESSAGES)) {
      const { Successful = [], Failed = [] } = await this.#sqs.send(
        new DeleteMessageBatchCommand({ QueueUrl: this.url, Entries: this.#entries(chunk) }),
        { abortSignal: this.#end.signal },
      );
      for (const { Id = '' } of Successful) {
        this.#held.delete(Id);
        this.#seen.delete(Id);
      }
      for (const { Id = '', Code, Message } of Failed) problems.set(Id, `${Code}: ${Message}`);
    }
    return problems;
  }

  /** Makes held messages visible again. Any that SQS fails to release reappear after the timeout. */
  async release(except: ReadonlySet<string> = new Set()): Promise<void> {
    const ids = [...this.#held.keys()].filter((id) => !except.has(id));
    if (ids.length === 0) return;
    const left = chunks(ids, MAX_MESSAGES).values();
    await withBar('messages released', ids.length, (onDone) =>
      concurrently(CONCURRENCY, async () => {
        for (const chunk of left) {
          const Entries = this.#entries(chunk).map((each) => ({ ...each, VisibilityTimeout: 0 }));
          await this.#sqs.send(
            new ChangeMessageVisibilityBatchCommand({ QueueUrl: this.url, Entries }),
            { abortSignal: this.#end.signal },
          );
          for (const id of chunk) this.#held.delete(id);
          onDone(chunk.length);
        }
      }),
    );
  }

  /** Releases what is held, and says how much could not be. */
  async [Symbol.asyncDispose](): Promise<void> {
    try {
      await this.release();
    } finally {
      const { size } = this.#held;
      if (size > 0) {
        console.error(
          `${size} of the messages stay hidden for up to ${this.#minutes} minutes: SQS did not take them back in time.`,
        );
      }
    }
  }

  #entries(ids: readonly string[]) {
    return ids.map((Id) => ({ Id, ReceiptHandle: this.#held.get(Id) }));
  }
}

export function messageId({ MessageId = '' }: Message): string {
  return MessageId;
}
