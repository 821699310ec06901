import { App } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { describe, expect, inject, test } from 'vitest';
import { DeadlineNotificationsStack } from '../../lib/stack.ts';
import { loadFunction } from '../support/function.ts';
import { startProxy } from '../support/proxy.ts';
import { context, event, job, record, task } from '../support/records.ts';
import { emptyTables } from '../support/tables.ts';

const app = new App({ context: { 'aws:cdk:bundling-stacks': [] } });
const template = Template.fromStack(new DeadlineNotificationsStack(app, 'DeadlineNotifications'));

/** The logical id of the one resource of a type with these properties. */
function idOf(type: string, properties: object): string {
  const ids = Object.keys(template.findResources(type, { Properties: properties }));
  expect(ids).toHaveLength(1);
  return ids[0] as string;
}

const queue = idOf('AWS::SQS::Queue', { QueueName: 'DeadlineNotifications' });
const deadLetters = idOf('AWS::SQS::Queue', { QueueName: 'DeadlineNotifications-DeadLetters' });
const jobs = idOf('AWS::DynamoDB::GlobalTable', { TableName: 'DeadlineJobNotifications' });
const tasks = idOf('AWS::DynamoDB::GlobalTable', { TableName: 'DeadlineTaskNotifications' });
const arn = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });

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

  test('runs on Node.js 24 on arm64 with the tables in its environment', () => {
    expect(lambda).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Environment: {
        Variables: {
          JOB_TABLE_NAME: { Ref: jobs },
          TASK_TABLE_NAME: { Ref: tasks },
          NEWEST_BY: 'sent_timestamp',
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

describe('permissions', () => {
  const [role] = Object.values(template.findResources('AWS::IAM::Role'));
  const statements = role?.Properties.Policies.flatMap(
    (policy: { PolicyDocument: { Statement: object[] } }) => policy.PolicyDocument.Statement,
  ) as { Action: string[]; Resource: unknown }[];
  const granted = (prefix: string) =>
    statements.filter(({ Action }) => Action.every((action) => action.startsWith(prefix)));

  test('the role allows what the function calls at the wire, on the tables, and no more', async () => {
    using proxy = await startProxy(inject('dynamoDbEndpoint'));
    const { environment } = await emptyTables(proxy.endpoint);
    const handler = await loadFunction(environment);
    const both = (sent: number) => event(record(job('j'), sent), record(task('j', 0), sent));
    await handler(both(1), context());
    await handler(both(2), context());
    await handler(both(2), context());

    const called = proxy.calls.flatMap(({ operation, input: { Statements = [] } }) =>
      operation === 'BatchExecuteStatement'
        ? Statements.map(({ Statement }) => `dynamodb:PartiQL${verbOf(Statement)}`)
        : [`dynamodb:${operation}`],
    );
    expect(granted('dynamodb:')).toEqual([
      {
        Effect: 'Allow',
        Action: [...new Set(called)].sort(),
        Resource: [arn(jobs), arn(tasks)],
      },
    ]);
  });

  test('the role allows what Lambda does for the function: poll the queue, and log', () => {
    const logs = idOf('AWS::Logs::LogGroup', {});
    expect(granted('sqs:')).toMatchObject([
      {
        Action: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
        Resource: arn(queue),
      },
    ]);
    expect(granted('logs:')).toMatchObject([
      { Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: arn(logs) },
    ]);
    expect(statements).toHaveLength(3);
    expect(role?.Properties).not.toHaveProperty('ManagedPolicyArns');
    template.resourceCountIs('AWS::IAM::Policy', 0);
  });

  test('the sender may send to the queue and find it, and no more', () => {
    template.hasResourceProperties('AWS::IAM::ManagedPolicy', {
      PolicyDocument: {
        Statement: [
          {
            Effect: 'Allow',
            Action: ['sqs:SendMessage', 'sqs:GetQueueUrl', 'sqs:GetQueueAttributes'],
            Resource: arn(queue),
          },
        ],
      },
    });
  });
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
  });
});

/** `Insert` or `Update`, as IAM names PartiQL's verbs. */
function verbOf(statement: string): string {
  const [verb = ''] = statement.split(' ');
  return verb.slice(0, 1) + verb.slice(1).toLowerCase();
}
