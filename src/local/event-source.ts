import { setTimeout } from 'node:timers/promises';
import type { Message, SQSClient } from '@aws-sdk/client-sqs';
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { Consumer } from 'sqs-consumer';
import { toRecord } from '../shared/sqs-record.ts';
import { invocationContext } from './invocation-context.ts';

/** Lambda starts with five concurrent batches (AWS Lambda developer guide, "Using Lambda with SQS"). */
const POLLERS = 5;
/** The most messages that SQS returns per request. */
const MOST_MESSAGES = 10;

/** How long to wait for running invocations when stopping, in ms. SQS would redeliver their messages. */
const GRACE = 2_000;

export type Handler = (event: SQSEvent, context: Context) => Promise<SQSBatchResponse>;

export interface EventSourceOptions {
  readonly sqs: SQSClient;
  readonly queueUrl: string;
  readonly handler: Handler;
  /** The timeout of an invocation, in ms. */
  readonly timeout: number;
  /** The most messages that an invocation gets. */
  readonly batchSize?: number;
  /** How many invocations there can be at once. */
  readonly concurrency?: number;
  readonly onError: (error: Error) => void;
}

/**
 * Passes a queue's messages to a handler, as Lambda's event source for SQS does: in concurrent batches.
 * Deletes messages that the handler does not report as failed. SQS redelivers the others, or moves them to
 * the dead-letter queue.
 */
export function startEventSource(options: EventSourceOptions): AsyncDisposable {
  const { sqs, queueUrl, batchSize = MOST_MESSAGES, concurrency = POLLERS, onError } = options;
  const invocations = new Set<Promise<unknown>>();
  const consumers = Array.from({ length: concurrency }, () =>
    Consumer.create({
      sqs,
      queueUrl,
      batchSize,
      suppressFifoWarning: true,
      messageSystemAttributeNames: ['All'],
      handleMessageBatch: (messages) => {
        const invocation = invoke(messages, options);
        invocations.add(invocation);
        return invocation.finally(() => invocations.delete(invocation));
      },
    }),
  );
  for (const consumer of consumers) {
    consumer.on('error', (error) => {
      if (consumer.status.isRunning) onError(error);
    });
    consumer.start();
  }
  return {
    async [Symbol.asyncDispose]() {
      for (const consumer of consumers) consumer.stop({ abort: true });
      await Promise.race([Promise.allSettled(invocations), setTimeout(GRACE)]);
    },
  };
}

/** @returns the messages to delete */
async function invoke(
  messages: Message[],
  { handler, queueUrl, timeout }: EventSourceOptions,
): Promise<Message[]> {
  const event = { Records: messages.map((message) => toRecord(message, queueUrl)) };
  const { batchItemFailures } = await handler(event, invocationContext(timeout));
  const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
  return messages.filter(({ MessageId }) => !failed.has(MessageId ?? ''));
}
