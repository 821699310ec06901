import type { Logger } from '@aws-lambda-powertools/logger';
import type { DynamoDBBatchResponse } from 'aws-lambda';
import type { StreamRecord } from '../shared/stream-event.ts';
import type { EventOutcome } from './publish.ts';

/** A record of the stream, and what became of its event; `undefined` if it has none. */
export interface ReportedRecord extends StreamRecord {
  readonly outcome: EventOutcome | undefined;
}

/**
 * Logs the outcome of a batch: one line of counts, and one for each event that the bus will never take.
 *
 * @returns the first record whose event is not published yet. Of several, Lambda would take the first (AWS Lambda
 *   developer guide, "Configuring partial batch response with DynamoDB and Lambda")
 */
export function reportEvents(
  records: readonly ReportedRecord[],
  logger: Logger,
): DynamoDBBatchResponse {
  const counts = { received: records.length, published: 0, invalid: 0, unsent: 0 };
  for (const { transition, outcome } of records) {
    if (outcome === undefined) continue;
    counts[outcome.status] += 1;
    if (outcome.status === 'invalid') {
      logger.error('Invalid event', { id: transition?.id, reason: outcome.reason });
    }
  }
  const first = records.find(({ outcome }) => outcome?.status === 'unsent');
  if (first?.outcome === undefined || !('reason' in first.outcome)) {
    logger.info('Events', counts);
    return { batchItemFailures: [] };
  }
  logger.error('Events', { ...counts, unsentBecause: first.outcome.reason });
  return { batchItemFailures: [{ itemIdentifier: first.sequenceNumber }] };
}
