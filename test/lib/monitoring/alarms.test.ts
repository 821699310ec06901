import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { CONFIGURED } from '../../support/configurations.ts';
import { line, type MetricStat, named } from '../../support/metric-lines.ts';
import { deadLetters, idOf, synthesized, template, text } from '../../support/synthesized.ts';

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
  ['DeadLettersExpire', 7 * 86_400, 1, 1, 60], // s
  ['Invalid', 1, 1, 1, 420], // longer than from one receive to the next, 190 s
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
      'AWS/SQS ApproximateNumberOfMessagesNotVisible QueueName=DeadlineNotifications-DeadLetters Maximum',
    ],
  ],
  [
    'DeadLettersExpire',
    [
      'AWS/SQS ApproximateAgeOfOldestMessage QueueName=DeadlineNotifications-DeadLetters Maximum',
      'AWS/SQS ApproximateNumberOfMessagesVisible QueueName=DeadlineNotifications-DeadLetters Maximum',
    ],
  ],
  ['Invalid', ['DeadlineNotifications invalid service=DeadlineNotifications Sum']],
  ['NotWritten', ['DeadlineNotifications notWritten service=DeadlineNotifications Sum']],
  [
    'OldestMessage',
    [
      'AWS/SQS ApproximateAgeOfOldestMessage QueueName=DeadlineNotifications Maximum',
      'AWS/SQS ApproximateNumberOfMessagesVisible QueueName=DeadlineNotifications Maximum',
    ],
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

test('each notifies the topic, and says what to do', () => {
  expect(alarms).toHaveLength(9);
  for (const { Properties } of alarms) {
    expect(Properties).toMatchObject({
      AlarmActions: [{ Ref: topic }],
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    });
    const description = text(Properties.AlarmDescription);
    expect(description.length).toBeGreaterThan(100);
    expect(description.length).toBeLessThanOrEqual(1_000); // CloudWatch takes 1,024
  }
});

test('those on messages in a queue keep their state while SQS sends no metrics of it; others are OK', () => {
  const keeping = alarms
    .filter(({ Properties }) => Properties.TreatMissingData === 'ignore')
    .map(({ Properties }) => Properties.AlarmName.split('-')[1]);
  expect(keeping.sort()).toEqual(['DeadLetters', 'DeadLettersExpire', 'OldestMessage']);
  const others = alarms.filter(({ Properties }) => Properties.TreatMissingData !== 'ignore');
  expect(others.map(({ Properties }) => Properties.TreatMissingData)).toEqual(
    others.map(() => 'notBreaching'),
  );
});

test.for([
  ['DeadLetters', 'visible + FILL(held, 0)'],
  ['DeadLettersExpire', 'FILL(age, 0) + 0 * visible'],
  ['OldestMessage', 'FILL(age, 0) + 0 * visible'],
] as const)(
  '%s is over once the queue is empty, of which SQS reports no age',
  ([alarm, expression]) => {
    const metrics: { Expression?: string }[] = alarmOf({ template }, alarm).Metrics;
    expect(metrics.flatMap(({ Expression }) => Expression ?? [])).toEqual([expression]);
  },
);

test('a message has half of its retention left when the alarm on its age goes off', () => {
  const [threshold] = when({ template }, 'DeadLettersExpire');
  const { MessageRetentionPeriod } =
    template.findResources('AWS::SQS::Queue')[deadLetters]?.Properties ?? {};
  expect(threshold).toBe(MessageRetentionPeriod / 2);
});

test('their texts name the installed command with the stack and region, and nothing of a clone', () => {
  for (const { Properties } of alarms) {
    const description = text(Properties.AlarmDescription);
    expect(description).not.toMatch(/npm|npx|node |bin\/|docs\//);
    for (const [call] of description.matchAll(/deadline-notifications [^`]*`/g)) {
      expect(call).toMatch(/ --stack DeadlineNotifications --region <AWS::Region>`$/);
    }
  }
  for (const command of ['list', 'replay']) {
    expect(text(alarmOf({ template }, 'DeadLetters').AlarmDescription)).toContain(
      `deadline-notifications dead-letters ${command} --stack DeadlineNotifications --region <AWS::Region>`,
    );
  }
});

test('the periods of alarms on redelivered messages follow the time between two receives', () => {
  const slow = synthesized({ batchingWindowSeconds: 300 }); // 480 s hidden, and 300 s gathered
  expect(when(slow, 'OldestMessage')).toEqual([3 * 780, 2, 2, 60]);
  expect(when(slow, 'Invalid')).toEqual([1, 1, 1, 2 * 780]);
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
  const { template } = synthesized({
    silenceAlarmMinutes: 30,
    events: 'on',
    alerts: CONFIGURED.alerts,
  });
  const names = Object.values(template.findResources('AWS::CloudWatch::Alarm')).map(
    ({ Properties }) => Properties.AlarmName.replace('DeadlineNotifications', '…'),
  );
  const explained = [...page.matchAll(/^\| `(…-\w+)` \|/gm)].map(([, name]) => name);
  expect(explained.sort()).toEqual(names.sort());
});
