import { type Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { AGE, COUNTS, type Count } from '../shared/metric-names.ts';

/**
 * Publishes the metrics of a batch.
 *
 * @param ages the ages of the notifications written, in ms
 */
export function publishMetrics(
  metrics: Metrics,
  counts: Readonly<Record<Count, number>>,
  ages: readonly number[],
): void {
  for (const age of ages) metrics.addMetric(AGE, MetricUnit.Milliseconds, age);
  // After the ages: Powertools publishes and clears all its metrics with every 100th value.
  for (const name of COUNTS) metrics.addMetric(name, MetricUnit.Count, counts[name]);
  metrics.publishStoredMetrics();
}
