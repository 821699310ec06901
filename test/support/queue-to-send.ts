import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import type { SQSEvent, SQSRecord } from 'aws-lambda';
import { afterAll } from 'vitest';
import type { ChannelMessage } from '../../src/alerts/message/channel-message.ts';
import { LOCAL } from '../../src/local/engines/environment.ts';
import { startSqsLocal } from '../../src/local/engines/sqs-local.ts';
import { toRecord } from '../../src/shared/sqs-record.ts';

type Handler = (event: SQSEvent) => Promise<{
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
}>;

/** The queue of messages to send, and that of unsent ones, in fauxqs. */
export async function queueToSend() {
  const server = await startSqsLocal(0);
  afterAll(() => server[Symbol.asyncDispose]());
  const sqs = new SQSClient({ ...LOCAL, endpoint: server.endpoint, maxAttempts: 1 });
  const urls = { queueUrl: '', unsentUrl: '' };
  let count = 0;

  async function create(name: string): Promise<string> {
    const Attributes = { FifoQueue: 'true', VisibilityTimeout: '30' };
    const QueueName = `${name}-${count}.fifo`;
    return (await sqs.send(new CreateQueueCommand({ QueueName, Attributes }))).QueueUrl ?? '';
  }

  /** Makes two queues that are empty. */
  async function renew(): Promise<void> {
    count += 1;
    urls.queueUrl = await create('Alerts');
    urls.unsentUrl = await create('UnsentAlerts');
  }

  /** Puts a message, or the text of one, into the queue, as the function of alerts does. */
  async function put(message: ChannelMessage | string, group = 'channel'): Promise<void> {
    const isText = typeof message === 'string';
    const command = new SendMessageCommand({
      QueueUrl: urls.queueUrl,
      MessageBody: isText ? message : JSON.stringify(message),
      MessageGroupId: group,
      MessageDeduplicationId: isText ? message : message.id,
    });
    await sqs.send(command);
  }

  async function receiveFrom(QueueUrl: string): Promise<Message[]> {
    const command = new ReceiveMessageCommand({
      QueueUrl,
      MessageSystemAttributeNames: ['All'],
      MessageAttributeNames: ['All'],
    });
    return (await sqs.send(command)).Messages ?? [];
  }

  /** The next message, as Lambda gets it; `undefined` if none is visible. */
  async function receive(): Promise<SQSRecord | undefined> {
    const [message] = await receiveFrom(urls.queueUrl);
    return message && toRecord(message, urls.queueUrl);
  }

  /** What is unsent, with its reason. It stays there, hidden. */
  async function unsent() {
    const messages: Message[] = [];
    for (;;) {
      const some = await receiveFrom(urls.unsentUrl);
      if (some.length === 0) break;
      messages.push(...some);
    }
    return messages.map(({ Body = '', Attributes, MessageAttributes }) => ({
      body: Body,
      group: Attributes?.MessageGroupId,
      reason: MessageAttributes?.Reason?.StringValue,
    }));
  }

  /**
   * Hands the messages of the queue to a function one by one, as Lambda does, until there are no more. What is to be
   * sent again is visible at once.
   *
   * @returns how many times the function was invoked
   */
  async function drain(handler: Handler): Promise<number> {
    for (let invocations = 0; ; invocations += 1) {
      const record = await receive();
      if (record === undefined) return invocations;
      const { batchItemFailures } = await handler({ Records: [record] });
      if (batchItemFailures.length > 0) await show(record);
      else {
        const { receiptHandle: ReceiptHandle } = record;
        await sqs.send(new DeleteMessageCommand({ QueueUrl: urls.queueUrl, ReceiptHandle }));
      }
    }
  }

  /** Makes a hidden message visible. */
  async function show({ receiptHandle }: SQSRecord): Promise<void> {
    const command = new ChangeMessageVisibilityCommand({
      QueueUrl: urls.queueUrl,
      ReceiptHandle: receiptHandle,
      VisibilityTimeout: 0,
    });
    await sqs.send(command);
  }

  return { endpoint: server.endpoint, sqs, urls, renew, put, receive, unsent, drain, show };
}
