import {
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';

/** A character that SQS does not take in a message (API reference, `SendMessage`); it takes those of XML 1.0. */
export const REFUSED_CHARACTER = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

/** The approximate number of messages in a queue: available, in flight, and delayed. */
export async function queueLength(
  sqs: SQSClient,
  QueueUrl: string,
  signal?: AbortSignal,
): Promise<number> {
  const { Attributes = {} } = await sqs.send(
    new GetQueueAttributesCommand({
      QueueUrl,
      AttributeNames: [
        'ApproximateNumberOfMessages',
        'ApproximateNumberOfMessagesNotVisible',
        'ApproximateNumberOfMessagesDelayed',
      ],
    }),
    signal && { abortSignal: signal },
  );
  return Object.values(Attributes).reduce((sum, count) => sum + Number(count), 0);
}

/** Reads up to ten messages and leaves them in the queue. */
export async function peek(sqs: SQSClient, QueueUrl: string): Promise<Message[]> {
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({
      QueueUrl,
      MaxNumberOfMessages: 10,
      MessageSystemAttributeNames: ['All'],
      VisibilityTimeout: 0,
    }),
  );
  return Messages;
}
