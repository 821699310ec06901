import { Aws, Duration } from 'aws-cdk-lib';
import { TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { COMMAND, type Names } from '../../src/shared/resource-names.ts';
import { REDELIVERY_HOURS } from '../../src/shared/setting-values.ts';
import type { Rule } from '../monitoring/alarm-rules.ts';
import { RETENTION } from '../pipeline/delivery.ts';
import type { EventMetrics } from './event-metrics.ts';

/** How far events may lag behind the history until an alarm goes off. */
const LATE = Duration.minutes(15);

/** The alarm rules of events, by name. */
export function eventAlarmRules(
  metrics: EventMetrics,
  names: Names,
  stackName: string,
): Record<string, Rule> {
  const publish = `\`${COMMAND} history publish --since <time> --stack ${stackName} --region ${Aws.REGION}\``;
  return {
    EventsLate: {
      metric: metrics.behind.with({ period: Duration.minutes(5) }),
      limit: { atLeast: LATE.toMilliseconds() },
      periods: 2,
      description:
        `Events are published more than ${LATE.toMinutes()} minutes late: EventBridge throttles or refuses them, ` +
        `or the function fails. For the reasons, search the log group ${names.eventsLogGroup} for ` +
        `unsentBecause. Nothing is lost yet: Lambda tries for ${REDELIVERY_HOURS} hours.`,
    },
    EventsUnsent: {
      metric: metrics.unsent,
      limit: { atLeast: 1 },
      missing: TreatMissingData.IGNORE,
      description:
        `Events were not published for ${REDELIVERY_HOURS} hours, and Lambda gave them up. The history still ` +
        `has them. Once EventBridge takes events again, publish them: ${publish}. The time is ` +
        `approximateArrivalOfFirstRecord of the oldest message in the queue ${names.unsentEvents}, which is ` +
        `kept for ${RETENTION.toDays()} days. Then purge that queue: until it is empty, the alarm stays on.`,
    },
  };
}
