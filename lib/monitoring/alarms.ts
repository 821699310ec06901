import { Aws } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import type { Names } from '../../src/shared/resource-names.ts';
import { type AlarmsProps, alarmRules, type Rule } from './alarm-rules.ts';

/** The alarms, and the topic that they notify. */
export class Alarms extends Construct {
  readonly topic: Topic;
  readonly all: readonly Alarm[];

  constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id);
    const { configuration, names } = props;
    this.topic = new Topic(this, 'Topic', { topicName: names.alarms, enforceSSL: true });
    // `enforceSSL` adds a topic policy, which replaces the default one that lets the account publish.
    this.topic.grantPublish(
      new ServicePrincipal('cloudwatch.amazonaws.com').withConditions({
        StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID },
      }),
    );
    if (configuration.alarmEmail) {
      this.topic.addSubscription(new EmailSubscription(configuration.alarmEmail));
    }
    this.all = Object.entries(alarmRules(props)).map(([name, rule]) =>
      this.#alarm(names, name, rule),
    );
  }

  #alarm({ name }: Names, id: string, rule: Rule): Alarm {
    const { metric, periods = 1, outOf = periods, description } = rule;
    const alarm = new Alarm(this, id, {
      alarmName: `${name}-${id}`,
      alarmDescription: description,
      metric,
      ...thresholdProps(rule),
      datapointsToAlarm: periods,
      evaluationPeriods: outOf,
    });
    alarm.addAlarmAction(new SnsAction(this.topic));
    return alarm;
  }
}

function thresholdProps({ limit, missing }: Rule) {
  return 'atLeast' in limit
    ? {
        threshold: limit.atLeast,
        comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
        treatMissingData: missing ?? TreatMissingData.NOT_BREACHING,
      }
    : {
        threshold: limit.lessThan,
        comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
        treatMissingData: missing ?? TreatMissingData.BREACHING,
      };
}
