import { Aws, Duration } from 'aws-cdk-lib';
import { type IMetric, type Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { COMMAND, type Names } from '../../src/shared/resource-names.ts';
import { REDELIVERY_HOURS } from '../../src/shared/setting-values.ts';
import { alertAlarmRules } from '../alerts/alert-alarm-rules.ts';
import type { AlertMetrics } from '../alerts/alert-metrics.ts';
import type { Configuration } from '../configuration.ts';
import { eventAlarmRules } from '../events/event-alarm-rules.ts';
import type { EventMetrics } from '../events/event-metrics.ts';
import { RETENTION, redeliveryInterval, TIMEOUT } from '../pipeline/delivery.ts';
import { dashboardName } from './dashboard.ts';
import type { PipelineMetrics } from './pipeline-metrics.ts';

/** When an alarm goes off: its metric reaches or falls below a limit for a number of periods. */
export interface Rule {
  readonly metric: IMetric;
  readonly limit: { readonly atLeast: number } | { readonly lessThan: number };
  /** The number of breaching periods. Default: 1. */
  readonly periods?: number;
  /** The number of latest periods evaluated. Default: `periods`. */
  readonly outOf?: number;
  /**
   * What missing data means. Default: 0, because Lambda and SQS publish no counts while there is nothing to
   * count. Of messages in a queue, `IGNORE`: SQS also publishes nothing while they are at rest.
   */
  readonly missing?: TreatMissingData;
  /** What happened and what to do. Its reader has an e-mail, and may have installed the command line. */
  readonly description: string;
}

export interface AlarmsProps {
  readonly configuration: Configuration;
  readonly names: Names;
  readonly metrics: PipelineMetrics;
  /** `undefined` where events are off. */
  readonly events: EventMetrics | undefined;
  /** `undefined` where there are no alerts. */
  readonly alerts: AlertMetrics | undefined;
  /** For the commands in the descriptions. */
  readonly stackName: string;
}

const minutes = (metric: Metric, count: number) => metric.with({ period: Duration.minutes(count) });

/** All alarm rules, by name. */
export function alarmRules(props: AlarmsProps): Record<string, Rule> {
  const { configuration, metrics, events, alerts, names, stackName } = props;
  const logs = `the log group ${names.logGroup}`;
  const deadLetters = (command: string) =>
    `\`${COMMAND} dead-letters ${command} --stack ${stackName} --region ${Aws.REGION}\``;
  /** The time between two receives of a message, in s. */
  const retry = redeliveryInterval(configuration).toSeconds();
  return {
    DeadLetters: {
      metric: metrics.deadLetters,
      limit: { atLeast: 1 },
      missing: TreatMissingData.IGNORE,
      description:
        'There are messages in the dead-letter queue. To see what they are and why they failed: ' +
        `${deadLetters('list')}. To store those that can now be stored: ${deadLetters('replay')}. Do not ` +
        'redrive them with SQS. The alarm stays on until the queue is empty.',
    },
    DeadLettersExpire: {
      // The age counts from the move to the dead-letter queue, the retention from the first send (SQS
      // developer guide, "Setting-up dead-letter queue retention"). Half of it is left for the time that
      // the message was in the queue before, and to react.
      metric: metrics.oldestDeadLetter,
      limit: { atLeast: RETENTION.toSeconds() / 2 },
      missing: TreatMissingData.IGNORE,
      description:
        `A message has been in the dead-letter queue for ${RETENTION.toDays() / 2} days. SQS deletes it ` +
        `${RETENTION.toDays()} days after it was first sent. To store what can be stored: ` +
        `${deadLetters('replay')}. To see what is left, and when it was sent: ${deadLetters('list')}.`,
    },
    Invalid: {
      // Longer than the time between two receives: one alarm while a message is redelivered, not hundreds.
      metric: minutes(metrics.invalid, Math.ceil((2 * retry) / 60)),
      limit: { atLeast: 1 },
      description:
        'Messages arrived that are not notifications, or that DynamoDB cannot hold. All others are stored. ' +
        `For the reasons, search ${logs} for "Invalid message". SQS redelivers them for ` +
        `${REDELIVERY_HOURS} hours; then they are dead letters: ${deadLetters('list')}.`,
    },
    NotWritten: {
      // At least as long as it takes until all are retried.
      metric: minutes(metrics.notWritten, Math.max(5, Math.ceil(retry / 60))),
      limit: { atLeast: 1 },
      periods: 2,
      description:
        `Notifications are not stored in time. SQS redelivers them for ${REDELIVERY_HOURS} hours; then they ` +
        `are dead letters. For the reasons, search ${logs} for notWrittenBecause.`,
    },
    OldestMessage: {
      // SQS counts a message's age until its fourth receive (SQS developer guide, "Available CloudWatch
      // metrics"). The limit ignores the age of an invalid message, which has its own alarm.
      metric: metrics.oldest,
      limit: { atLeast: 3 * retry },
      periods: 2,
      missing: TreatMissingData.IGNORE,
      description:
        'Notifications are waiting in the queue, so the tables lag behind the farm. Is the function ' +
        `invoked, throttled, or at its maximum concurrency? See the dashboard ${dashboardName(names)} in ` +
        `CloudWatch, and ${logs}.`,
    },
    FunctionErrors: {
      metric: minutes(metrics.errors, 5),
      limit: { atLeast: 1 },
      description:
        'The function failed, ran out of memory, or timed out. SQS redelivers its batches. For the error, ' +
        `such as a missing or invalid setting, see ${logs}.`,
    },
    FunctionThrottles: {
      metric: minutes(metrics.throttles, 5),
      limit: { atLeast: 1 },
      periods: 2,
      description:
        "Lambda throttles the function because other functions use up the account's concurrency; each " +
        'attempt counts as a receive. Ask AWS for a higher limit, or set reserved concurrency for the others.',
    },
    FunctionDuration: {
      metric: minutes(metrics.duration, 5),
      limit: { atLeast: 0.8 * TIMEOUT.toMilliseconds() },
      description:
        `An invocation took more than 80 % of its ${TIMEOUT.toSeconds()} s. Is DynamoDB slow or throttling? ` +
        'If not, give the function more memoryMiB or a smaller batchSize.',
    },
    TableThrottles: {
      // Not every period: DynamoDB's metrics arrive late, and the last minute is 0 until they do.
      metric: metrics.tableThrottles,
      limit: { atLeast: 1 },
      periods: 3,
      outOf: 6,
      description:
        'DynamoDB throttles requests to the tables or writes to their indexes. A new table supports 4,000 ' +
        'writes per second and scales automatically; the index of failed tasks supports 1,000. If this ' +
        'persists, check the limits of the table and the account, and who else uses the table.',
    },
    ...(events && eventAlarmRules(events, names, stackName)),
    ...(alerts && alertAlarmRules(alerts, names, stackName)),
    ...(configuration.silenceAlarmMinutes && {
      Silence: silence(metrics, configuration.silenceAlarmMinutes),
    }),
  };
}

function silence(metrics: PipelineMetrics, count: number): Rule {
  return {
    metric: minutes(metrics.sent, count),
    limit: { lessThan: 1 },
    description:
      `Deadline has not sent a notification for ${count} minutes. Is the farm idle? If not, check the Remote ` +
      "Connection Server's log, its AWS credentials, and the queue URL in Deadline Monitor.",
  };
}
