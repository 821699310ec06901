import {
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';

/** How many messages a queue holds: those to be received, those being handled and those held back. */
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

/** Up to ten messages of a queue, which stay in it. */
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
