import { Aws, Duration } from 'aws-cdk-lib';
import { TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { COMMAND, type Names } from '../../src/shared/resource-names.ts';
import { REDELIVERY_HOURS } from '../../src/shared/setting-values.ts';
import type { Rule } from '../monitoring/alarm-rules.ts';
import { RETENTION } from '../pipeline/delivery.ts';
import type { AlertMetrics } from './alert-metrics.ts';

/** How long alerts may take until an alarm goes off. */
const LATE = Duration.minutes(15);

/** The alarm rules of alerts, by name. */
export function alertAlarmRules(
  metrics: AlertMetrics,
  names: Names,
  stackName: string,
): Record<string, Rule> {
  const doctor = `\`${COMMAND} doctor --stack ${stackName} --region ${Aws.REGION}\``;
  return {
    AlertsLate: {
      metric: metrics.behind.with({ period: Duration.minutes(5) }),
      limit: { atLeast: LATE.toMilliseconds() },
      periods: 2,
      description:
        `Alerts are made more than ${LATE.toMinutes()} minutes late: their function fails, or DynamoDB or SQS ` +
        `throttles or refuses it. For the reasons, search the log group ${names.alertsLogGroup} for ` +
        `unsentBecause. Nothing is lost yet: Lambda tries for ${REDELIVERY_HOURS} hours.`,
    },
    AlertsUnread: {
      metric: metrics.unread,
      limit: { atLeast: 1 },
      missing: TreatMissingData.IGNORE,
      description:
        `The function that makes alerts failed for ${REDELIVERY_HOURS} hours, and Lambda gave up. What happened ` +
        'then is not told anymore; the history has it. For the reasons, search the log group ' +
        `${names.alertsLogGroup} for errors. Then purge the queue ${names.unreadAlerts}: until it is empty, the alarm stays on.`,
    },
    AlertsWaiting: {
      // SQS tells the age of the oldest message of a FIFO queue however often it was received (SQS developer
      // guide, "Available CloudWatch metrics").
      metric: metrics.oldest,
      limit: { atLeast: LATE.toSeconds() },
      periods: 2,
      missing: TreatMissingData.IGNORE,
      description:
        `Messages of alerts have waited for ${LATE.toMinutes()} minutes: a channel is down or refuses them, or ` +
        `gets more of them than its pace allows. For the reasons, search the log group ` +
        `${names.alertSenderLogGroup} for "Alert delayed". Other channels go on, and nothing is lost yet: the function tries for ${REDELIVERY_HOURS} hours.`,
    },
    AlertsUnsent: {
      metric: metrics.unsent,
      limit: { atLeast: 1 },
      missing: TreatMissingData.IGNORE,
      description:
        `Messages of alerts were given up: a channel will not take them, or did not for ${REDELIVERY_HOURS} hours. ` +
        `For the reasons, search the log group ${names.alertSenderLogGroup} for "Unsent alert"; often a parameter ` +
        'is missing, or a webhook was deleted. To check the channels, and for the command that sends the messages ' +
        `again: ${doctor}. They are kept for ${RETENTION.toDays()} days in the queue ${names.unsentAlerts}; until ` +
        'it is empty, the alarm stays on.',
    },
  };
}
