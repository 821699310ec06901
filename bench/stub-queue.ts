import { hash, randomUUID } from 'node:crypto';
import { documentedRecord } from './documented-events.ts';

/** A queue of a stub endpoint, with so many documented task notifications in it. */
export function stubQueueUrl(endpoint: string, count: number): string {
  return `${endpoint}/000000000000/${randomUUID()}/${count}`;
}

/** How many messages each queue still has to deliver. */
const left = new Map<string, number>();

/** Answers an SQS request: each message is delivered once. */
export function answerSqs(operation: string, body: string): string {
  const { QueueUrl, Entries = [] } = JSON.parse(body) as {
    QueueUrl: string;
    Entries?: { Id: string }[];
  };
  const count = left.get(QueueUrl) ?? Number(QueueUrl.split('/').at(-1));
  switch (operation) {
    case 'GetQueueAttributes':
      return JSON.stringify({ Attributes: { ApproximateNumberOfMessages: String(count) } });
    case 'ReceiveMessage': {
      const size = Math.min(count, 10);
      left.set(QueueUrl, count - size);
      const Messages = Array.from({ length: size }, (_, index) => message(count - index));
      return JSON.stringify({ Messages });
    }
    default:
      return JSON.stringify({ Successful: Entries.map(({ Id }) => ({ Id })), Failed: [] });
  }
}

function message(taskId: number): object {
  const { messageId, receiptHandle, body, attributes } = documentedRecord(
    '5f15e68eb8274818a0570167',
    taskId,
    1_597_352_219_300,
  );
  return {
    MessageId: messageId,
    ReceiptHandle: receiptHandle,
    Body: body,
    MD5OfBody: hash('md5', body),
    Attributes: attributes,
  };
}
