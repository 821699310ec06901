import type { Logger } from '@aws-lambda-powertools/logger';
import type { DynamoDBBatchResponse } from 'aws-lambda';
import type { StreamRecord } from '../shared/stream-event.ts';
import type { TellOutcome } from './tell.ts';

/**
 * Logs the outcome of a batch: one line of counts, and one for each message that the queue will never take.
 *
 * @returns the first record, if a message is not in the queue. Those that are in it come again then, which a FIFO
 *   queue leaves out within five minutes
 */
export function reportAlerts(
  records: readonly StreamRecord[],
  { messages, queued }: TellOutcome,
  logger: Logger,
): DynamoDBBatchResponse {
  for (const each of queued.invalid) logger.error('Invalid message', each);
  const late = messages.filter(({ kind }) => kind === 'late');
  const counts = {
    received: records.length,
    told: transitionsOf(messages),
    messages: queued.count,
    late: transitionsOf(late),
  };
  const [first] = records;
  if (queued.unqueuedBecause === undefined || first === undefined) {
    logger.info('Alerts', counts);
    return { batchItemFailures: [] };
  }
  logger.error('Alerts', { ...counts, unsentBecause: queued.unqueuedBecause });
  return { batchItemFailures: [{ itemIdentifier: first.sequenceNumber }] };
}

/** How many transitions the messages tell; one that several alerts tell counts once. */
function transitionsOf(messages: TellOutcome['messages']): number {
  return new Set(messages.flatMap(({ transitions }) => transitions.map(({ id }) => id))).size;
}
