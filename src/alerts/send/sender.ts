import type { Logger } from '@aws-lambda-powertools/logger';
import type {
  Context,
  SQSBatchItemFailure,
  SQSBatchResponse,
  SQSEvent,
  SQSRecord,
} from 'aws-lambda';
import { InvalidEvent } from '../../shared/errors.ts';
import { REDELIVERY_HOURS } from '../../shared/setting-values.ts';
import { readEvent } from '../../shared/sqs-event.ts';
import type { Answer, SendAnswer, SendRequest } from '../message/channel-message.ts';
import { checkMessage, readMessage } from './read-message.ts';
import { delayOf, isGivenUp } from './redelivery.ts';
import { sendMessage } from './send-message.ts';
import type { SenderQueue } from './sender-queue.ts';
import type { Senders } from './senders.ts';

/** Time reserved at the end of an invocation: to tell the queue what became of a message, and to report it, in ms. */
const [TIME_TO_SETTLE, TIME_TO_REPORT] = [3_000, 500];

/** The longest wait between two messages to a channel that someone waits for, in ms. */
const LONGEST_WAIT = 1_000;

const GIVEN_UP = `Given up ${REDELIVERY_HOURS} hours after it was put into the queue`;

type Invocation = Pick<Context, 'getRemainingTimeInMillis'>;

export interface SenderParts {
  readonly senders: Senders;
  readonly queue: SenderQueue;
  readonly logger: Pick<Logger, 'info' | 'warn' | 'error'>;
  /** How long a channel is left alone after a message, in ms. */
  readonly pace: (channel: string) => number;
  /** Waits so many ms. */
  readonly sleep: (ms: number) => Promise<unknown>;
  /** From 0 to 1. */
  readonly random: () => number;
}

/** Sends the messages of alerts: those of the queue, and those that the command line asks to send. */
export class Sender {
  readonly #parts: SenderParts;

  constructor(parts: SenderParts) {
    this.#parts = parts;
  }

  /**
   * Sends messages of the queue, in order.
   *
   * @returns the batch item failures: messages to send again, and those after them in their groups, which must not
   *   overtake them
   * @throws InvalidEvent if the event is not from SQS
   */
  async deliver(event: SQSEvent, invocation: Invocation): Promise<SQSBatchResponse> {
    const held = new Set<string | undefined>();
    const batchItemFailures: SQSBatchItemFailure[] = [];
    for (const record of readEvent(event)) {
      const { MessageGroupId } = record.attributes;
      if (!held.has(MessageGroupId) && (await this.#settle(record, invocation))) continue;
      held.add(MessageGroupId);
      batchItemFailures.push({ itemIdentifier: record.messageId });
    }
    return { batchItemFailures };
  }

  /**
   * Sends messages that are in no queue, each once.
   *
   * @throws InvalidEvent if there are no messages
   */
  async answer({ messages }: SendRequest, invocation: Invocation): Promise<SendAnswer> {
    if (!Array.isArray(messages)) {
      throw new InvalidEvent('Not a request to send: messages is missing or not a list');
    }
    const { senders, pace, sleep } = this.#parts;
    // Whoever asks may have just changed one.
    senders.secrets.forget();
    const nextAt = new Map<string, number>();
    const answers: Answer[] = [];
    for (const each of messages) {
      const message = checkMessage(each);
      if ('problem' in message) {
        answers.push({ status: 'never', reason: message.problem });
        continue;
      }
      const { channel } = message;
      const wait = (nextAt.get(channel) ?? 0) - senders.now();
      if (wait > 0) await sleep(Math.min(wait, timeLeft(invocation)));
      answers.push(await sendMessage(message, senders, within(timeLeft(invocation))));
      nextAt.set(channel, senders.now() + Math.min(LONGEST_WAIT, pace(channel)));
    }
    return { answers };
  }

  /** @returns whether the queue is done with the message */
  async #settle(record: SQSRecord, invocation: Invocation): Promise<boolean> {
    const { senders, logger, pace, sleep } = this.#parts;
    const message = readMessage(record.body);
    if ('problem' in message) return this.#giveUp(record, {}, message.problem, invocation);
    const { alert, channel, id } = message;
    const answer = await sendMessage(message, senders, within(timeLeft(invocation)));
    if (answer.status === 'sent') {
      logger.info('Alert sent', { alert, channel, id, detail: answer.detail });
      const wait = Math.max(pace(channel), 1_000 * (answer.after ?? 0));
      if (wait > 0) await sleep(Math.min(wait, timeLeft(invocation)));
      return true;
    }
    const isOld = isGivenUp(Number(record.attributes.SentTimestamp), senders.now());
    if (answer.status === 'later' && !isOld) {
      await this.#delay(record, { alert, channel, id }, answer, invocation);
      return false;
    }
    const given = answer.status === 'later' ? `. ${GIVEN_UP}` : '';
    return this.#giveUp(record, { alert, channel, id }, answer.reason + given, invocation);
  }

  async #delay(
    record: SQSRecord,
    fields: object,
    { reason, after }: Extract<Answer, { status: 'later' }>,
    invocation: Invocation,
  ): Promise<void> {
    const { queue, logger, random } = this.#parts;
    const receives = Number(record.attributes.ApproximateReceiveCount);
    const seconds = delayOf(after, receives, random());
    logger.warn('Alert delayed', { ...fields, reason, receives, seconds });
    try {
      await queue.delay(record, seconds, settling(invocation));
    } catch (error) {
      // It is sent again all the same, when the queue's own time is up.
      logger.error('Cannot change its visibility timeout', error as Error);
    }
  }

  async #giveUp(
    record: SQSRecord,
    fields: object,
    reason: string,
    invocation: Invocation,
  ): Promise<boolean> {
    const { queue, logger } = this.#parts;
    logger.error('Unsent alert', { ...fields, messageId: record.messageId, reason });
    try {
      await queue.giveUp(record, reason, settling(invocation));
      return true;
    } catch (error) {
      logger.error('Cannot keep the unsent alert', error as Error);
      return false;
    }
  }
}

function timeLeft(invocation: Invocation): number {
  return Math.max(0, invocation.getRemainingTimeInMillis() - TIME_TO_SETTLE);
}

function settling(invocation: Invocation): AbortSignal {
  return within(invocation.getRemainingTimeInMillis() - TIME_TO_REPORT);
}

/** @param time in ms */
function within(time: number): AbortSignal {
  return time > 0 ? AbortSignal.timeout(time) : AbortSignal.abort();
}
