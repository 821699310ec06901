import type { Logger } from '@aws-lambda-powertools/logger';
import { type Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { SQSBatchResponse, SQSRecord } from 'aws-lambda';
import type { Outcome } from './store.ts';

/**
 * Logs what became of a batch, in one line and one for each invalid message, counts it in metrics,
 * and tells Lambda which messages are to be delivered again.
 */
export function report(
  records: readonly SQSRecord[],
  outcomes: readonly Outcome[],
  logger: Logger,
  metrics: Metrics,
): SQSBatchResponse {
  const counts = { received: 0, written: 0, stale: 0, superseded: 0, invalid: 0, notWritten: 0 };
  const notWrittenBecause = new Set<string>();
  const failed = new Set<string>();

  outcomes.forEach((outcome, index) => {
    const { messageId, attributes } = records[index] as SQSRecord;
    counts.received += 1;
    counts[outcome.status] += 1;
    if (!('reason' in outcome)) return;
    failed.add(messageId);
    if (outcome.status === 'notWritten') notWrittenBecause.add(outcome.reason);
    else {
      const receives = attributes?.ApproximateReceiveCount;
      logger.warn('Invalid message', { messageId, reason: outcome.reason, receives });
    }
  });

  if (notWrittenBecause.size === 0) logger.info('Batch', counts);
  else logger.error('Batch', { ...counts, notWrittenBecause: [...notWrittenBecause].slice(0, 5) });

  for (const [name, count] of Object.entries(counts)) {
    metrics.addMetric(name, MetricUnit.Count, count);
  }
  metrics.publishStoredMetrics();

  return { batchItemFailures: [...failed].map((itemIdentifier) => ({ itemIdentifier })) };
}
