import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Account } from './account.ts';

/** A queue's attributes, by SQS's names. */
export type QueueAttributes = Readonly<Record<string, string>>;

/** Reads all attributes of a queue, by its URL. */
export type ReadQueue = (url: string) => Promise<QueueAttributes>;

/** Asks about each queue only once. */
export function queueReader(account: Account, abortSignal: AbortSignal): ReadQueue {
  const asked = new Map<string, Promise<QueueAttributes>>();
  return (url) => {
    const command = new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['All'] });
    const attributes =
      asked.get(url) ??
      new SQSClient(account)
        .send(command, { abortSignal })
        .then(({ Attributes = {} }) => Attributes);
    asked.set(url, attributes);
    return attributes;
  };
}

/** The approximate number of messages in a queue: available, in flight, and delayed. */
export function messageCount(attributes: QueueAttributes): number {
  return ['', 'NotVisible', 'Delayed']
    .map((which) => Number(attributes[`ApproximateNumberOfMessages${which}`] ?? 0))
    .reduce((sum, count) => sum + count, 0);
}
