import { Duration } from 'aws-cdk-lib';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { messageCount, oldestAge } from '../monitoring/pipeline-metrics.ts';
import type { Alerting } from './alerting.ts';

const period = Duration.minutes(1);
const sum = { statistic: Stats.SUM, period };
const maximum = { statistic: Stats.MAXIMUM, period };

export type AlertMetrics = ReturnType<typeof alertMetrics>;

/** Metrics of the alerts, per minute. */
export function alertMetrics({ queues, maker, sender }: Alerting) {
  const { messages, unsent, unread } = queues;
  return {
    behind: maker.function.metric('IteratorAge', {
      ...maximum,
      label: 'oldest entry when told (ms)',
    }),
    made: messages.metricNumberOfMessagesSent({ ...sum, label: 'messages made' }),
    sent: messages.metricNumberOfMessagesDeleted({ ...sum, label: 'sent or given up' }),
    waiting: messageCount(messages, 'waiting'),
    oldest: oldestAge(messages, 'oldest message (s)'),
    makerErrors: maker.function.metricErrors({ ...sum, label: 'errors of the first' }),
    senderErrors: sender.function.metricErrors({ ...sum, label: 'errors of the sender' }),
    unread: messageCount(unread, 'batches given up'),
    unsent: messageCount(unsent, 'messages given up', 'Unsent'),
  };
}
