import type { Logger } from '@aws-lambda-powertools/logger';
import type { Metrics } from '@aws-lambda-powertools/metrics';
import type { SQSBatchResponse, SQSRecord } from 'aws-lambda';
import type { Count } from '../shared/metric-names.ts';
import type { Ingested } from './ingest.ts';
import { publishMetrics } from './metrics.ts';

/** Distinct reasons per log line, at most. */
const MAX_REASONS = 5;

/**
 * Logs the outcome of a batch: one line of counts, and one per invalid message. Also publishes the counts as
 * metrics.
 *
 * @returns the batch item failures, for SQS to redeliver
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
  const ages: number[] = [];
  const notWrittenBecause = new Set<string>();
  const failed = new Set<string>();

  outcomes.forEach((outcome, index) => {
    const { messageId, attributes } = records[index] as SQSRecord;
    counts[outcome.status] += 1;
    if (outcome.status === 'written') ages.push(outcome.age);
    if (!('reason' in outcome)) return;
    failed.add(messageId);
    if (outcome.status === 'notWritten') notWrittenBecause.add(outcome.reason);
    else {
      const receives = attributes?.ApproximateReceiveCount;
      logger.warn('Invalid message', { messageId, reason: outcome.reason, receives });
    }
  });

  if (notWrittenBecause.size === 0) logger.info('Batch', counts);
  else {
    const reasons = [...notWrittenBecause].slice(0, MAX_REASONS);
    logger.error('Batch', { ...counts, notWrittenBecause: reasons });
  }
  publishMetrics(metrics, counts, ages);
  return { batchItemFailures: [...failed].map((itemIdentifier) => ({ itemIdentifier })) };
}
