import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { line, type MetricStat, named } from '../../support/metric-lines.ts';
import { idOf, synthesized, template } from '../../support/synthesized.ts';

const alarms = Object.values(template.findResources('AWS::CloudWatch::Alarm'));
const topic = idOf('AWS::SNS::Topic');

type Synthesized = Pick<ReturnType<typeof synthesized>, 'template'>;

/** The properties of an alarm. */
function alarmOf({ template }: Synthesized, alarm: string) {
  const AlarmName = `DeadlineNotifications-${alarm}`;
  const [found] = Object.values(
    template.findResources('AWS::CloudWatch::Alarm', { Properties: { AlarmName } }),
  );
  return found?.Properties ?? {};
}

/** When it sounds: from so much on, in so many of so many periods, of so many seconds. */
function when(synthesized: Synthesized, alarm: string) {
  const { Threshold, DatapointsToAlarm, EvaluationPeriods, Metrics } = alarmOf(synthesized, alarm);
  const metrics: { MetricStat?: { Period: number } }[] = Metrics ?? [];
  const [Period] = metrics.flatMap(({ MetricStat }) => MetricStat?.Period ?? []);
  return [Threshold, DatapointsToAlarm ?? EvaluationPeriods, EvaluationPeriods, Period];
}

test.for([
  ['DeadLetters', 1, 1, 1, 60],
  ['Invalid', 1, 1, 1, 960], // as long as five receives take, 190 s from one to the next
  ['NotWritten', 1, 2, 2, 300],
  ['OldestMessage', 570, 2, 2, 60], // s
  ['FunctionErrors', 1, 1, 1, 300],
  ['FunctionThrottles', 1, 2, 2, 300],
  ['FunctionDuration', 24_000, 1, 1, 300], // ms of 30,000
  ['TableThrottles', 1, 3, 6, 60], // as the last minutes count as 0 until DynamoDB gives them
] as const)('%s goes off at %s, in %s of %s periods of %s s', ([alarm, ...expected]) => {
  expect(when({ template }, alarm)).toEqual(expected);
});

test.for([
  [
    'DeadLetters',
    [
      'AWS/SQS ApproximateNumberOfMessagesVisible QueueName=DeadlineNotifications-DeadLetters Maximum',
    ],
  ],
  ['Invalid', ['DeadlineNotifications invalid service=DeadlineNotifications Sum']],
  ['NotWritten', ['DeadlineNotifications notWritten service=DeadlineNotifications Sum']],
  [
    'OldestMessage',
    ['AWS/SQS ApproximateAgeOfOldestMessage QueueName=DeadlineNotifications Maximum'],
  ],
  ['FunctionErrors', ['AWS/Lambda Errors FunctionName=Function Sum']],
  ['FunctionThrottles', ['AWS/Lambda Throttles FunctionName=Function Sum']],
  ['FunctionDuration', ['AWS/Lambda Duration FunctionName=Function Maximum']],
  [
    'TableThrottles',
    [
      'AWS/DynamoDB ReadThrottleEvents TableName=DeadlineJobNotifications Sum',
      'AWS/DynamoDB WriteThrottleEvents TableName=DeadlineJobNotifications Sum',
      'AWS/DynamoDB WriteThrottleEvents GlobalSecondaryIndexName=by-time TableName=DeadlineJobNotifications Sum',
      'AWS/DynamoDB ReadThrottleEvents TableName=DeadlineTaskNotifications Sum',
      'AWS/DynamoDB WriteThrottleEvents TableName=DeadlineTaskNotifications Sum',
      'AWS/DynamoDB WriteThrottleEvents GlobalSecondaryIndexName=failed-by-time TableName=DeadlineTaskNotifications Sum',
    ],
  ],
  ['Silence', ['AWS/SQS NumberOfMessagesSent QueueName=DeadlineNotifications Sum']],
] as const)('%s watches %s', ([alarm, expected]) => {
  const all = synthesized({ silenceAlarmMinutes: 30 });
  const metrics: { MetricStat?: MetricStat }[] = alarmOf(all, alarm).Metrics;
  const name = named(all.template);
  const watched = metrics.flatMap(({ MetricStat }) => (MetricStat ? [line(name, MetricStat)] : []));
  expect(watched).toEqual(expected);
});

test('each notifies the topic, says what to do, and is OK without data', () => {
  expect(alarms).toHaveLength(8);
  for (const { Properties } of alarms) {
    expect(Properties).toMatchObject({
      AlarmActions: [{ Ref: topic }],
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      TreatMissingData: 'notBreaching',
    });
    expect(Properties.AlarmDescription.length).toBeGreaterThan(100);
    expect(Properties.AlarmDescription.length).toBeLessThanOrEqual(1_024); // what CloudWatch takes
  }
});

test('the periods of alarms on redelivered messages follow the time between two receives', () => {
  const slow = synthesized({ batchingWindowSeconds: 300 }); // 480 s hidden, and 300 s gathered
  expect(when(slow, 'OldestMessage')).toEqual([3 * 780, 2, 2, 60]);
  expect(when(slow, 'Invalid')).toEqual([1, 1, 1, 5 * 780]);
  expect(when(slow, 'NotWritten')).toEqual([1, 2, 2, 780]);
});

test("the alarm on DynamoDB's metrics counts missing data as 0, so that it does not keep its state forever", () => {
  template.hasResourceProperties('AWS::CloudWatch::Alarm', {
    AlarmName: 'DeadlineNotifications-TableThrottles',
    Metrics: Match.arrayWith([
      Match.objectLike({
        Expression:
          'FILL(rj, 0) + FILL(wj, 0) + FILL(wij, 0) + FILL(rt, 0) + FILL(wt, 0) + FILL(wit, 0)',
      }),
    ]),
  });
});

describe('silence', () => {
  test('is not an alarm by default', () => {
    expect(JSON.stringify(template)).not.toContain('DeadlineNotifications-Silence');
  });

  test('goes off when nothing is sent for the given time, or SQS has no data', () => {
    const silent = synthesized({ silenceAlarmMinutes: 30 });
    expect(when(silent, 'Silence')).toEqual([1, 1, 1, 30 * 60]);
    silent.template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmName: 'DeadlineNotifications-Silence',
      ComparisonOperator: 'LessThanThreshold',
      TreatMissingData: 'breaching',
      AlarmActions: [{ Ref: topic }],
    });
  });
});

describe('the topic', () => {
  const allowed = {
    Effect: 'Allow',
    Action: 'sns:Publish',
    Principal: { Service: 'cloudwatch.amazonaws.com' },
    Resource: { Ref: topic },
    Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
  };

  test("accepts only the account's alarms, and only over TLS", () => {
    template.hasResourceProperties('AWS::SNS::TopicPolicy', {
      Topics: [{ Ref: topic }],
      PolicyDocument: {
        Statement: [
          Match.objectLike({
            Effect: 'Deny',
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          }),
          Match.objectLike(allowed),
        ],
      },
    });
  });

  test('has no e-mail subscription by default', () => {
    template.resourceCountIs('AWS::SNS::Subscription', 0);
  });

  test('sends e-mail to the configured address', () => {
    const { template } = synthesized({ alarmEmail: 'wranglers@example.com' });
    template.hasResourceProperties('AWS::SNS::Subscription', {
      Protocol: 'email',
      Endpoint: 'wranglers@example.com',
      TopicArn: { Ref: topic },
    });
  });
});

test('the documentation says of each what it means', async () => {
  const path = join(import.meta.dirname, '..', '..', '..', 'docs', 'operation.md');
  const page = await readFile(path, 'utf8');
  const { template } = synthesized({ silenceAlarmMinutes: 30 });
  const names = Object.values(template.findResources('AWS::CloudWatch::Alarm')).map(
    ({ Properties }) => Properties.AlarmName.replace('DeadlineNotifications', '…'),
  );
  const explained = [...page.matchAll(/^\| `(…-\w+)` \|/gm)].map(([, name]) => name);
  expect(explained.sort()).toEqual(names.sort());
});
