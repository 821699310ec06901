import { Duration } from 'aws-cdk-lib';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { messageCount } from '../monitoring/pipeline-metrics.ts';
import type { EventPublisher } from './event-publisher.ts';

const period = Duration.minutes(1);
const sum = { statistic: Stats.SUM, period };
const maximum = { statistic: Stats.MAXIMUM, period };

export type EventMetrics = ReturnType<typeof eventMetrics>;

/** Metrics of the events, per minute. */
export function eventMetrics({ function: lambda, unsent }: EventPublisher) {
  return {
    behind: lambda.metric('IteratorAge', { ...maximum, label: 'oldest entry when published (ms)' }),
    duration: lambda.metricDuration({ ...maximum, label: 'longest (ms)' }),
    invocations: lambda.metricInvocations({ ...sum, label: 'invocations' }),
    errors: lambda.metricErrors({ ...sum, label: 'errors' }),
    throttles: lambda.metricThrottles({ ...sum, label: 'throttled' }),
    unsent: messageCount(unsent, 'batches given up'),
  };
}
