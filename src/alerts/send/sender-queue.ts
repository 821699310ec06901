import {
  ChangeMessageVisibilityCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { SQSRecord } from 'aws-lambda';
import { shorten } from '../../shared/errors.ts';
import { printable } from '../../shared/printable.ts';

/** The name of the attribute that tells why a message was given up, and its longest value in characters. */
const [REASON, LONGEST_REASON] = ['Reason', 1_000];

/** The queue of messages to send, and that of those that were given up. Both are FIFO. */
export class SenderQueue {
  readonly #client: SQSClient;
  readonly #queueUrl: string;
  readonly #unsentUrl: string;

  constructor(client: SQSClient, queueUrl: string, unsentUrl: string) {
    this.#client = client;
    this.#queueUrl = queueUrl;
    this.#unsentUrl = unsentUrl;
  }

  /** Hides a message, and so all that come after it in its group, for so many seconds. */
  async delay({ receiptHandle }: SQSRecord, seconds: number, signal: AbortSignal): Promise<void> {
    const command = new ChangeMessageVisibilityCommand({
      QueueUrl: this.#queueUrl,
      ReceiptHandle: receiptHandle,
      VisibilityTimeout: seconds,
    });
    await this.#client.send(command, { abortSignal: signal });
  }

  /**
   * Keeps a message that is given up, with the reason. Deduplicated by its message id, as SQS itself does for
   * dead letters (its developer guide, "Learn how to configure a dead-letter queue redrive"): one that is moved back
   * and fails again at once is kept, too.
   */
  async giveUp(record: SQSRecord, reason: string, signal: AbortSignal): Promise<void> {
    const { messageId, body, attributes } = record;
    const StringValue = shorten(printable(reason), LONGEST_REASON);
    const command = new SendMessageCommand({
      QueueUrl: this.#unsentUrl,
      MessageBody: body,
      MessageGroupId: attributes.MessageGroupId ?? messageId,
      MessageDeduplicationId: messageId,
      MessageAttributes: { [REASON]: { DataType: 'String', StringValue } },
    });
    await this.#client.send(command, { abortSignal: signal });
  }
}
