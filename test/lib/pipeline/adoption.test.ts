import {
  type AttributeDefinition,
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
  UpdateTableCommand,
} from '@aws-sdk/client-dynamodb';
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { LOCAL } from '../../../src/local/engines/environment.ts';
import { startSqsLocal } from '../../../src/local/engines/sqs-local.ts';
import { createQueues } from '../../../src/local/provision.ts';
import type { References, Template } from '../../../src/local/template.ts';
import { CONFIGURED } from '../../support/configurations.ts';
import { deadLetters, jobs, synthesized, tasks, text } from '../../support/synthesized.ts';
import { emptyTables } from '../../support/test-tables.ts';

const { existingQueueArn, existingJobTable, existingTaskTable } = CONFIGURED;
const tableArn = (name: string) => ({
  'Fn::Join': [
    '',
    [
      'arn:',
      { Ref: 'AWS::Partition' },
      ':dynamodb:',
      { Ref: 'AWS::Region' },
      ':',
      { Ref: 'AWS::AccountId' },
      `:table/${name}`,
    ],
  ],
});

describe('an existing queue', () => {
  const adopted = synthesized({ existingQueueArn });

  test('is not changed, triggers the function, and can be sent to', () => {
    const { template, propertiesOf } = adopted;
    expect(propertiesOf('AWS::SQS::Queue').QueueName).toBe('DeadlineNotifications-DeadLetters');
    expect(propertiesOf('AWS::SQS::QueuePolicy').Queues).toEqual([{ Ref: deadLetters }]);
    expect(propertiesOf('AWS::Lambda::EventSourceMapping').EventSourceArn).toBe(existingQueueArn);
    const allowed = (type: string, Action: string[], path: (document: object) => object) =>
      template.hasResourceProperties(
        type,
        path({
          Statement: Match.arrayWith([{ Effect: 'Allow', Action, Resource: existingQueueArn }]),
        }),
      );
    const receive = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'];
    const send = ['sqs:SendMessage', 'sqs:GetQueueUrl', 'sqs:GetQueueAttributes'];
    allowed('AWS::IAM::Role', receive, (PolicyDocument) => ({ Policies: [{ PolicyDocument }] }));
    allowed('AWS::IAM::ManagedPolicy', send, (PolicyDocument) => ({ PolicyDocument }));
  });

  test('is watched by the alarms', () => {
    adopted.template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmName: 'DeadlineNotifications-OldestMessage',
      Metrics: Match.arrayWith([
        Match.objectLike({
          MetricStat: { Metric: { Dimensions: [{ Name: 'QueueName', Value: 'deadline' }] } },
        }),
      ]),
    });
  });

  test('is set up by the command in the outputs', async () => {
    const command = text(adopted.outputs().SetUpQueue);
    const [, queueUrl, attributes = ''] =
      /^aws sqs set-queue-attributes --region <AWS::Region> --queue-url (\S+) --attributes '(.*)'$/.exec(
        command,
      ) ?? [];
    expect(queueUrl).toBe('https://sqs.eu-west-2.<AWS::URLSuffix>/123456789012/deadline');

    const sqsLocal = await startSqsLocal(0);
    const { endpoint } = sqsLocal;
    const sqs = new SQSClient({ ...LOCAL, endpoint });
    const references: References = new Map();
    const delivery = { visibilityTimeout: 30, maxReceiveCount: 5 };
    await createQueues(adopted.template.toJSON() as Template, sqs, endpoint, delivery, references);
    const deadLetterArn = references.get(deadLetters)?.Arn ?? '';
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'deadline' }));
    const Attributes = JSON.parse(attributes.replace(`<${deadLetters},Arn>`, deadLetterArn));
    await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes }));
    const set = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }),
    );
    expect(set.Attributes).toMatchObject({ VisibilityTimeout: '185' });
    expect(JSON.parse(set.Attributes?.RedrivePolicy ?? '')).toMatchObject({
      deadLetterTargetArn: deadLetterArn,
      maxReceiveCount: '228',
    });
    await sqsLocal[Symbol.asyncDispose]();
  });

  test('causes a warning that the command is needed', () => {
    const [warning] = Annotations.fromStack(adopted.stack).findWarning('*', Match.anyValue());
    expect(warning?.entry.data).toContain('run the command in the output SetUpQueue');
  });
});

describe('existing tables', () => {
  test.for([
    [{ existingJobTable }, existingJobTable, 'DeadlineTaskNotifications'],
    [{ existingTaskTable }, 'DeadlineJobNotifications', existingTaskTable],
    [{ existingJobTable, existingTaskTable }, existingJobTable, existingTaskTable],
  ] as const)('%j are not changed, and the function writes to them', ([props, job, task]) => {
    const { template, propertiesOf, outputs } = synthesized(props);
    const created = template.findResources('AWS::DynamoDB::GlobalTable');
    const nameOf = (value: unknown) =>
      typeof value === 'string'
        ? value
        : created[(value as { Ref: string }).Ref]?.Properties.TableName;
    const { JOB_TABLE_NAME, TASK_TABLE_NAME } =
      propertiesOf('AWS::Lambda::Function').Environment.Variables;
    expect([nameOf(JOB_TABLE_NAME), nameOf(TASK_TABLE_NAME)]).toEqual([job, task]);
    expect(Object.keys(created)).toHaveLength(2 - Object.keys(props).length);
    const { JobTableName, TaskTableName } = outputs();
    expect([nameOf(JobTableName), nameOf(TaskTableName)]).toEqual([job, task]);
    const told = Object.keys(outputs()).filter((name) => name.startsWith('SetUp'));
    expect(told).toEqual(Object.keys(props).map((name) => name.replace('existing', 'SetUp')));
  });

  const adopted = synthesized({ existingJobTable, existingTaskTable, rendering: 'on' });

  test.for([
    ['SetUpJobTable', jobs, 0],
    ['SetUpTaskTable', tasks, 0],
    ['SetUpRendering', tasks, 1],
  ] as const)(
    'get the same index as a new table by the command in %s',
    async ([output, id, number]) => {
      const command = text(adopted.outputs()[output]);
      const [, TableName, definitions = '', updates = ''] =
        /^aws dynamodb update-table --region <AWS::Region> --table-name (\S+) --attribute-definitions ((?:AttributeName=\w+,AttributeType=\w ?)+) --global-secondary-index-updates '(.*)'$/.exec(
          command,
        ) ?? [];
      const AttributeDefinitions = definitions.split(' ').map((pair) => {
        const [, AttributeName, AttributeType] =
          /AttributeName=(\w+),AttributeType=(\w)/.exec(pair) ?? [];
        return { AttributeName, AttributeType } as AttributeDefinition;
      });

      const { client } = await emptyTables();
      const created: CreateTableCommandInput = synthesized({
        rendering: 'on',
      }).template.findResources('AWS::DynamoDB::GlobalTable')[id]?.Properties;
      const { KeySchema, AttributeDefinitions: all, BillingMode } = created;
      await client.send(
        new CreateTableCommand({
          TableName,
          KeySchema,
          AttributeDefinitions: all?.filter(({ AttributeName }) =>
            KeySchema?.some((key) => key.AttributeName === AttributeName),
          ),
          BillingMode,
        }),
      );
      const GlobalSecondaryIndexUpdates = JSON.parse(updates);
      await client.send(
        new UpdateTableCommand({ TableName, AttributeDefinitions, GlobalSecondaryIndexUpdates }),
      );
      const { Table } = await client.send(new DescribeTableCommand({ TableName }));
      expect(Table?.GlobalSecondaryIndexes).toMatchObject([
        created.GlobalSecondaryIndexes?.[number],
      ]);
      expect(all).toEqual(expect.arrayContaining(Table?.AttributeDefinitions ?? []));
    },
  );

  test('have no command for what renders where no index lists it, or the table is new', () => {
    for (const props of [{ existingTaskTable }, { existingJobTable, rendering: 'on' }] as const) {
      expect(synthesized(props).outputs()).not.toHaveProperty('SetUpRendering');
    }
  });

  test('can be written to by the role', () => {
    const { propertiesOf } = synthesized({ existingTaskTable });
    const [{ PolicyDocument }] = propertiesOf('AWS::IAM::Role').Policies;
    expect(PolicyDocument.Statement).toContainEqual(
      expect.objectContaining({
        Action: ['dynamodb:BatchGetItem', 'dynamodb:PartiQLInsert', 'dynamodb:PartiQLUpdate'],
        Resource: [{ 'Fn::GetAtt': [jobs, 'Arn'] }, tableArn(existingTaskTable)],
      }),
    );
  });

  test('get a retention by the commands in the outputs', () => {
    const { outputs } = synthesized({ existingJobTable, existingTaskTable, retentionDays: 90 });
    const command = (name: string) =>
      `aws dynamodb update-time-to-live --region <AWS::Region> --table-name ${name} --time-to-live-specification Enabled=true,AttributeName=expires_at; aws dynamodb update-table `;
    const { SetUpJobTable, SetUpTaskTable } = outputs();
    expect(text(SetUpJobTable).startsWith(command(existingJobTable))).toBe(true);
    expect(text(SetUpTaskTable).startsWith(command(existingTaskTable))).toBe(true);
    const job = synthesized({ existingJobTable, retentionDays: 90 }).outputs();
    expect(text(job.SetUpJobTable).startsWith(command(existingJobTable))).toBe(true);
    expect(job).not.toHaveProperty('SetUpTaskTable');
  });
});
