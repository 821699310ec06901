import { App } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { DeadlineNotificationsStack } from '../../lib/stack.ts';
import { arn, deadLetters, idOf, jobs, queue, tasks, template } from '../support/stack.ts';

describe('queues', () => {
  test('the queue is standard, encrypted, keeps messages for 14 days and gives up after 5 receives', () => {
    template.hasResourceProperties('AWS::SQS::Queue', {
      QueueName: 'DeadlineNotifications',
      FifoQueue: Match.absent(),
      SqsManagedSseEnabled: true,
      MessageRetentionPeriod: 14 * 24 * 60 * 60,
      RedrivePolicy: { deadLetterTargetArn: arn(deadLetters), maxReceiveCount: 5 },
    });
  });

  test('the dead-letter queue is encrypted and keeps messages for 14 days', () => {
    template.hasResourceProperties('AWS::SQS::Queue', {
      QueueName: 'DeadlineNotifications-DeadLetters',
      SqsManagedSseEnabled: true,
      MessageRetentionPeriod: 14 * 24 * 60 * 60,
    });
  });

  test.for([queue, deadLetters])('%s is refused to whoever comes without TLS', (id) => {
    template.hasResourceProperties('AWS::SQS::QueuePolicy', {
      Queues: [{ Ref: id }],
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Effect: 'Deny',
            Action: 'sqs:*',
            Principal: { AWS: '*' },
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          }),
        ]),
      },
    });
  });
});

describe('tables', () => {
  test.for([
    [jobs, [['job_id', 'HASH', 'S']]],
    [
      tasks,
      [
        ['job_id', 'HASH', 'S'],
        ['task_id', 'RANGE', 'N'],
      ],
    ],
  ] as const)('%s has the documented key, and outlives the stack', ([id, key]) => {
    const table = template.findResources('AWS::DynamoDB::GlobalTable')[id];
    expect(table).toMatchObject({
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: key.map(([AttributeName, KeyType]) => ({ AttributeName, KeyType })),
        AttributeDefinitions: key.map(([AttributeName, , AttributeType]) => ({
          AttributeName,
          AttributeType,
        })),
        Replicas: [
          {
            DeletionProtectionEnabled: true,
            PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
          },
        ],
      },
    });
  });
});

describe('function', () => {
  const [[, { Properties: lambda }] = ['', { Properties: {} }]] = Object.entries(
    template.findResources('AWS::Lambda::Function'),
  );
  const [[, { Properties: source }] = ['', { Properties: {} }]] = Object.entries(
    template.findResources('AWS::Lambda::EventSourceMapping'),
  );

  test('runs on Node.js 24 on arm64 with the tables and its name in its environment', () => {
    expect(lambda).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Environment: {
        Variables: {
          JOB_TABLE_NAME: { Ref: jobs },
          TASK_TABLE_NAME: { Ref: tasks },
          NEWEST_BY: 'sent_timestamp',
          POWERTOOLS_SERVICE_NAME: lambda.FunctionName,
        },
      },
    });
  });

  test('answers for each message, and is kept from overrunning others by its event source', () => {
    expect(source).toMatchObject({
      EventSourceArn: arn(queue),
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      BatchSize: 500,
      MaximumBatchingWindowInSeconds: 5,
      ScalingConfig: { MaximumConcurrency: 10 },
    });
    expect(lambda).not.toHaveProperty('ReservedConcurrentExecutions');
  });

  test('has six times its timeout, and the batching window, before a message is visible again', () => {
    template.hasResourceProperties('AWS::SQS::Queue', {
      QueueName: 'DeadlineNotifications',
      VisibilityTimeout: 6 * lambda.Timeout + source.MaximumBatchingWindowInSeconds,
    });
  });

  test('logs for a month, and takes its logs along', () => {
    const id = idOf('AWS::Logs::LogGroup', { RetentionInDays: 30 });
    expect(template.findResources('AWS::Logs::LogGroup')[id]?.DeletionPolicy).toBe('Delete');
    expect(lambda.LoggingConfig).toEqual({ LogFormat: 'JSON', LogGroup: { Ref: id } });
  });
});

/** The stack with a value in its context. */
const stackWith = (name: string, value: string) => {
  const context = { 'aws:cdk:bundling-stacks': [], [name]: value };
  return new DeadlineNotificationsStack(new App({ context }), 'DeadlineNotifications');
};

describe('redrive, which would send dead letters anew', () => {
  const noRedrive = { Effect: 'Deny', Action: 'sqs:StartMessageMoveTask' };
  const policyOf = (id: string) => ({
    Queues: [{ Ref: id }],
    PolicyDocument: { Statement: Match.arrayWith([Match.objectLike(noRedrive)]) },
  });

  test('is denied to all', () => {
    template.hasResourceProperties('AWS::SQS::QueuePolicy', policyOf(deadLetters));
    template.resourcePropertiesCountIs('AWS::SQS::QueuePolicy', policyOf(queue), 0);
  });

  test('is allowed where the context says so', () => {
    const allowed = JSON.stringify(Template.fromStack(stackWith('redrive', 'allowed')));
    expect(allowed).not.toContain('StartMessageMoveTask');
  });
});

test('the context says what makes a notification the newest', () => {
  const byTimestamp = Template.fromStack(stackWith('newestBy', 'timestamp'));
  byTimestamp.hasResourceProperties('AWS::Lambda::Function', {
    Environment: { Variables: Match.objectLike({ NEWEST_BY: 'timestamp' }) },
  });
  byTimestamp.hasOutput('NewestBy', { Value: 'timestamp' });
});

test.for([
  ['newestBy', 'time', 'newestBy must be one of sent_timestamp, timestamp, not time.'],
  ['redrive', 'true', 'redrive must be one of denied, allowed, not true.'],
] as const)('with %s=%s in its context the stack does not synthesize', ([name, value, message]) => {
  const errors = Annotations.fromStack(stackWith(name, value)).findError('*', Match.anyValue());
  expect(errors).toMatchObject([{ entry: { data: `The context value ${message}` } }]);
});

test('the outputs say what to paste, and where', () => {
  const policy = idOf('AWS::IAM::ManagedPolicy', {});
  const values = Object.entries(template.findOutputs('*')).map(([name, { Value }]) => [
    name,
    Value,
  ]);
  expect(Object.fromEntries(values)).toEqual({
    QueueUrl: { Ref: queue },
    PasteQueueUrlInto:
      'Deadline Monitor: Tools > Configure Repository Options > Notifications > SQS Notifications',
    SenderPolicyArn: { Ref: policy },
    JobTableName: { Ref: jobs },
    TaskTableName: { Ref: tasks },
    DeadLetterQueueUrl: { Ref: deadLetters },
    NewestBy: 'sent_timestamp',
    RetentionDays: 'off',
  });
});
