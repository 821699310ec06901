import { type Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { AGE, COUNTS, type Count } from '../shared/metric-names.ts';

/**
 * Publishes what became of a batch.
 *
 * @param ages of the notifications that were written, in ms
 */
export function publishMetrics(
  metrics: Metrics,
  counts: Readonly<Record<Count, number>>,
  ages: readonly number[],
): void {
  for (const age of ages) metrics.addMetric(AGE, MetricUnit.Milliseconds, age);
  // After the ages: with the 100th of them Powertools publishes, and forgets, all that it has.
  for (const name of COUNTS) metrics.addMetric(name, MetricUnit.Count, counts[name]);
  metrics.publishStoredMetrics();
}
