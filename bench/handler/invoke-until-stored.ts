import type { Context, SQSEvent } from 'aws-lambda';
import type { Handler } from '../../src/local/event-source.ts';

const CONTEXT = { awsRequestId: '1', getRemainingTimeInMillis: () => 300_000 } as Context;

/** How often a record is delivered at most. */
const DELIVERIES = 3;

/**
 * Invokes a function until it has stored all: what it could not, as after a broken connection, is
 * delivered again, as by SQS.
 *
 * @throws when something fails each time
 */
export async function stored(handler: Handler, { Records }: SQSEvent): Promise<void> {
  let left = Records;
  for (let delivery = 1; left.length > 0; delivery += 1) {
    if (delivery > DELIVERIES) throw new Error(`${left.length} records failed each time`);
    const failed = await failures(handler, { Records: left });
    left = left.filter(({ messageId }) => failed.has(messageId));
  }
}

/** The ids of the messages that are to be delivered again: all, where the function fails. */
async function failures(handler: Handler, event: SQSEvent): Promise<Set<string>> {
  try {
    const { batchItemFailures } = await handler(event, CONTEXT);
    return new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
  } catch (error) {
    console.error(error);
    return new Set(event.Records.map(({ messageId }) => messageId));
  }
}
