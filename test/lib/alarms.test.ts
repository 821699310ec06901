import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { idOf, synthesized, template } from '../support/stack.ts';

const alarms = Object.values(template.findResources('AWS::CloudWatch::Alarm'));
const topic = idOf('AWS::SNS::Topic');

/** When it sounds: so often at least, in each of so many periods of so many seconds. */
function when({ template }: Pick<ReturnType<typeof synthesized>, 'template'>, alarm: string) {
  const [found] = Object.values(
    template.findResources('AWS::CloudWatch::Alarm', {
      Properties: { AlarmName: `DeadlineNotifications-${alarm}` },
    }),
  );
  const { Threshold, EvaluationPeriods, Metrics, Period } = found?.Properties ?? {};
  const periods = (Metrics ?? []).flatMap((metric: { MetricStat?: { Period: number } }) =>
    metric.MetricStat ? [metric.MetricStat.Period] : [],
  );
  return [Threshold, EvaluationPeriods, Period ?? periods[0]];
}

test.for([
  ['DeadLetters', 1, 1, 60],
  ['Invalid', 1, 1, 960], // as long as five receives take, 185 s from one to the next
  ['NotWritten', 1, 2, 300],
  ['OldestMessage', 570, 2, 60], // s
  ['FunctionErrors', 1, 1, 300],
  ['FunctionThrottles', 1, 2, 300],
  ['FunctionDuration', 24_000, 1, 300], // ms of 30,000
  ['TableThrottles', 1, 3, 60],
] as const)('%s sounds at %s, %s times in periods of %s s', ([alarm, ...expected]) => {
  expect(when({ template }, alarm)).toEqual(expected);
});

test('each tells the topic, says what to do, and is calm while there is nothing to count', () => {
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

test('an alarm on messages that wait follows the time that a message is hidden', () => {
  const slow = synthesized({ batchingWindowSeconds: 120 });
  expect(when(slow, 'OldestMessage')).toEqual([3 * (300 + 120), 2, 60]);
  expect(when(slow, 'Invalid')).toEqual([1, 1, 5 * 300]);
});

test('an alarm that DynamoDB could hold in its state for ever counts what is missing as 0', () => {
  template.hasResourceProperties('AWS::CloudWatch::Alarm', {
    AlarmName: 'DeadlineNotifications-TableThrottles',
    Metrics: Match.arrayWith([
      Match.objectLike({ Expression: 'FILL(rj, 0) + FILL(wj, 0) + FILL(rt, 0) + FILL(wt, 0)' }),
    ]),
  });
});

describe('silence', () => {
  test('is no alarm, unless the farm never sleeps', () => {
    expect(JSON.stringify(template)).not.toContain('DeadlineNotifications-Silence');
  });

  test('sounds when nothing was sent for so long, or SQS does not even count', () => {
    const silent = synthesized({ silenceAlarmMinutes: 30 });
    expect(when(silent, 'Silence')).toEqual([1, 1, 30 * 60]);
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

  test("takes the alarms of its account, by TLS, and nobody else's messages", () => {
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

  test('mails to nobody', () => {
    template.resourceCountIs('AWS::SNS::Subscription', 0);
  });

  test('mails to the address of the configuration', () => {
    const { template } = synthesized({ alarmEmail: 'wranglers@example.com' });
    template.hasResourceProperties('AWS::SNS::Subscription', {
      Protocol: 'email',
      Endpoint: 'wranglers@example.com',
      TopicArn: { Ref: topic },
    });
  });
});

test('the README says of each what it means', async () => {
  const readme = await readFile(join(import.meta.dirname, '..', '..', 'README.md'), 'utf8');
  const { template } = synthesized({ silenceAlarmMinutes: 30 });
  const names = Object.values(template.findResources('AWS::CloudWatch::Alarm')).map(
    ({ Properties }) => Properties.AlarmName.replace('DeadlineNotifications', '…'),
  );
  const explained = [...readme.matchAll(/^\| `(…-\w+)` \|/gm)].map(([, name]) => name);
  expect(explained.sort()).toEqual(names.sort());
});
