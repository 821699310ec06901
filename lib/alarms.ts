import { Aws, Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { type AlarmsProps, alarmRules, type Rule } from './alarm-rules.ts';
import type { Names } from './names.ts';

/** What tells of trouble, by a topic that one subscribes to. */
export class Alarms extends Construct {
  readonly topic: Topic;
  readonly all: readonly Alarm[];

  constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id);
    const { configuration, names } = props;
    this.topic = new Topic(this, 'Topic', { topicName: names.alarms, enforceSSL: true });
    // A topic with a policy of its own no longer has the one by which its account may publish.
    this.topic.grantPublish(
      new ServicePrincipal('cloudwatch.amazonaws.com').withConditions({
        StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID },
      }),
    );
    if (configuration.alarmEmail) {
      this.topic.addSubscription(new EmailSubscription(configuration.alarmEmail));
    }
    const alarms = Object.entries(alarmRules(props)).map(([name, rule]) =>
      this.#alarm(names, name, rule),
    );
    if (configuration.silenceAlarmMinutes !== undefined) alarms.push(this.#silence(props));
    for (const alarm of alarms) alarm.addAlarmAction(new SnsAction(this.topic));
    this.all = alarms;
  }

  #alarm({ name }: Names, id: string, rule: Rule): Alarm {
    const { metric, atLeast, periods = 1, outOf = periods, description } = rule;
    return new Alarm(this, id, {
      alarmName: `${name}-${id}`,
      alarmDescription: description,
      metric,
      threshold: atLeast,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      datapointsToAlarm: periods,
      evaluationPeriods: outOf,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
  }

  /** An alarm when nothing happens: SQS, too, is silent about a queue that is not used. */
  #silence({ names, metrics, configuration: { silenceAlarmMinutes = 0 } }: AlarmsProps): Alarm {
    return new Alarm(this, 'Silence', {
      alarmName: `${names.name}-Silence`,
      alarmDescription:
        `Deadline sent no notification for ${silenceAlarmMinutes} minutes. Is the farm idle? If not, ` +
        "see the Remote Connection Server's log, its AWS credentials, and the queue URL in Deadline Monitor.",
      metric: metrics.sent.with({ period: Duration.minutes(silenceAlarmMinutes) }),
      threshold: 1,
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.BREACHING,
    });
  }
}
