import type { Logger } from '@aws-lambda-powertools/logger';
import { type Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { SQSBatchResponse, SQSRecord } from 'aws-lambda';
import { AGE, COUNTS, type Count } from '../shared/metric-names.ts';
import type { Ingested } from './ingest.ts';

/**
 * Logs what became of a batch, in one line and one for each invalid message, counts it in metrics,
 * and tells Lambda which messages are to be delivered again.
 */
export function report(
  records: readonly SQSRecord[],
  { outcomes, lostRaces }: Ingested,
  logger: Logger,
  metrics: Metrics,
): SQSBatchResponse {
  const counts: Record<Count, number> = {
    received: records.length,
    written: 0,
    stale: 0,
    superseded: 0,
    invalid: 0,
    notWritten: 0,
    lostRaces,
  };
  const notWrittenBecause = new Set<string>();
  const failed = new Set<string>();

  outcomes.forEach((outcome, index) => {
    const { messageId, attributes } = records[index] as SQSRecord;
    counts[outcome.status] += 1;
    if (outcome.status === 'written') metrics.addMetric(AGE, MetricUnit.Milliseconds, outcome.age);
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

  // After the ages, as with the 100th of them Powertools publishes, and forgets, all that it has.
  for (const name of COUNTS) metrics.addMetric(name, MetricUnit.Count, counts[name]);
  metrics.publishStoredMetrics();

  return { batchItemFailures: [...failed].map((itemIdentifier) => ({ itemIdentifier })) };
}
