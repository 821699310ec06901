import type { Context, SQSEvent } from 'aws-lambda';
import type { Handler } from '../../src/local/event-source.ts';

const CONTEXT = { awsRequestId: '1', getRemainingTimeInMillis: () => 300_000 } as Context;

const MAX_DELIVERIES = 3;

/**
 * Invokes a handler until it has stored all records. Batch item failures, such as after a broken connection,
 * are redelivered, as SQS does.
 *
 * @throws if records still fail at the third delivery
 */
export async function invokeUntilStored(handler: Handler, { Records }: SQSEvent): Promise<void> {
  let left = Records;
  for (let delivery = 1; left.length > 0; delivery += 1) {
    if (delivery > MAX_DELIVERIES) throw new Error(`${left.length} records failed every time.`);
    const failed = await invoke(handler, { Records: left });
    left = left.filter(({ messageId }) => failed.has(messageId));
  }
}

/** @returns the ids of the messages to redeliver: all of them if the handler throws */
async function invoke(handler: Handler, event: SQSEvent): Promise<Set<string>> {
  try {
    const { batchItemFailures } = await handler(event, CONTEXT);
    return new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
  } catch (error) {
    console.error(error);
    return new Set(event.Records.map(({ messageId }) => messageId));
  }
}
