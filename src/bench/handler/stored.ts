import type { Context, SQSEvent } from 'aws-lambda';
import type { Handler } from '../../local/event-source.ts';

const CONTEXT = { awsRequestId: '1', getRemainingTimeInMillis: () => 300_000 } as Context;

/**
 * Invokes a function.
 *
 * @throws unless it has stored all
 */
export async function stored(handler: Handler, event: SQSEvent): Promise<void> {
  const { batchItemFailures } = await handler(event, CONTEXT);
  if (batchItemFailures.length > 0) throw new Error(`${batchItemFailures.length} records failed`);
}
