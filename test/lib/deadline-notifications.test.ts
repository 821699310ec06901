import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { type IGrantable, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { expect, test } from 'vitest';
import { DeadlineNotifications, type DeadlineNotificationsProps } from '../../lib/index.ts';
import { CONFIGURED } from '../support/configurations.ts';
import {
  arn,
  deadLetters,
  idOf,
  jobs,
  outputs,
  queue,
  synthesized,
  tasks,
  template,
  text,
} from '../support/synthesized.ts';

/** A farm's own stack, with what stands for its render queue: something that can be granted to. */
class Farm extends Stack {
  readonly notifications: DeadlineNotifications;

  constructor(props: (farm: Stack) => DeadlineNotificationsProps = () => ({})) {
    super(new App({ context: { 'aws:cdk:bundling-stacks': [] } }), 'Farm');
    const assumedBy = new ServicePrincipal('ecs-tasks.amazonaws.com');
    const renderQueue: IGrantable = new Role(this, 'RenderQueue', { assumedBy });
    this.notifications = new DeadlineNotifications(this, 'Notifications', props(this));
    this.notifications.grantSend(renderQueue);
  }
}

const SEND = {
  Effect: 'Allow',
  Action: ['sqs:SendMessage', 'sqs:GetQueueUrl', 'sqs:GetQueueAttributes'],
};

test("in a farm's own stack its render queue may send, and no output is added", () => {
  const farm = new Farm();
  const template = Template.fromStack(farm);
  const [queueId] = Object.keys(
    template.findResources('AWS::SQS::Queue', {
      Properties: { QueueName: 'DeadlineNotifications' },
    }),
  );
  template.hasResourceProperties('AWS::IAM::Policy', {
    Roles: [{ Ref: Match.stringLikeRegexp('RenderQueue') }],
    PolicyDocument: { Statement: [{ ...SEND, Resource: arn(queueId ?? '') }] },
  });
  expect(template.findOutputs('*')).toEqual({});
  expect(Object.keys(farm.notifications.outputs)).toEqual(Object.keys(outputs()));
});

test("its outputs are added to the farm's own stack under their names, when it asks for it", () => {
  const farm = new Farm();
  farm.notifications.addOutputs();
  const { QueueUrl, ...others } = Template.fromStack(farm).findOutputs('*');
  expect(QueueUrl?.Description).toContain('Paste it into Deadline Monitor');
  expect(['QueueUrl', ...Object.keys(others)]).toEqual(Object.keys(outputs()));
});

test("its alarms name the farm's stack, and the logs to read", () => {
  const template = Template.fromStack(new Farm(() => ({ prefix: 'Film-' })));
  const descriptions = Object.values(template.findResources('AWS::CloudWatch::Alarm')).map(
    ({ Properties }) => text(Properties.AlarmDescription),
  );
  const commands = descriptions.flatMap(
    (each) => each.match(/deadline-notifications [^`]+/g) ?? [],
  );
  for (const command of commands) expect(command).toContain(' --stack Farm --region <AWS::Region>');
  expect(commands).toHaveLength(5);
  const logs = descriptions.filter((each) => each.includes('log group'));
  expect(logs).toHaveLength(4);
  for (const each of logs)
    expect(each).toContain('log group /aws/lambda/Film-DeadlineNotifications');
});

test("a sender from another account is also granted in the queue's policy", () => {
  const env = { account: '123456789012', region: 'eu-west-2' };
  const stack = new Stack(new App({ context: { 'aws:cdk:bundling-stacks': [] } }), 'Farm', { env });
  const roleArn = 'arn:aws:iam::210987654321:role/rcs';
  const notifications = new DeadlineNotifications(stack, 'Notifications');
  notifications.grantSend(Role.fromRoleArn(stack, 'Sender', roleArn)).assertSuccess();
  Template.fromStack(stack).hasResourceProperties('AWS::SQS::QueuePolicy', {
    PolicyDocument: {
      Statement: Match.arrayWith([Match.objectLike({ ...SEND, Principal: { AWS: roleArn } })]),
    },
  });
});

test('a sender to encrypted queues may use their key, and so may the sender policy', () => {
  const template = Template.fromStack(new Farm(() => ({ kmsKeyArn: CONFIGURED.kmsKeyArn })));
  const encrypt = {
    Effect: 'Allow',
    Action: ['kms:GenerateDataKey', 'kms:Decrypt'],
    Resource: CONFIGURED.kmsKeyArn,
  };
  const PolicyDocument = { Statement: [Match.objectLike(SEND), encrypt] };
  template.hasResourceProperties('AWS::IAM::Policy', { PolicyDocument });
  template.hasResourceProperties('AWS::IAM::ManagedPolicy', { PolicyDocument });
  template.hasResourceProperties('AWS::IAM::Role', {
    Policies: [
      {
        PolicyDocument: {
          Statement: Match.arrayWith([
            { Effect: 'Allow', Action: 'kms:Decrypt', Resource: CONFIGURED.kmsKeyArn },
          ]),
        },
      },
    ],
  });
});

test('properties may be tokens that are resolved at deployment', () => {
  const template = Template.fromStack(
    new Farm((farm) => ({ kmsKeyArn: new Key(farm, 'Key', { enableKeyRotation: true }).keyArn })),
  );
  const [keyId] = Object.keys(template.findResources('AWS::KMS::Key'));
  const encrypted = { KmsMasterKeyId: arn(keyId ?? '') };
  template.resourcePropertiesCountIs('AWS::SQS::Queue', encrypted, 2);
});

test('reports an invalid property by name', () => {
  expect(() => new Farm(() => ({ memoryMiB: 128 }))).toThrow('memoryMiB must be a whole number');
});

test("exposes the resources that a farm's app needs", () => {
  const { notifications } = new Farm();
  const names = [
    notifications.queue.queueArn,
    notifications.deadLetterQueue.queueArn,
    notifications.jobTable.tableArn,
    notifications.taskTable.tableArn,
    notifications.function.functionArn,
    notifications.alarmTopic.topicArn,
    notifications.senderPolicy.managedPolicyArn,
    notifications.readerPolicy.managedPolicyArn,
  ];
  expect(new Set(names).size).toBe(8);
});

test('outputs whether empty fields are omitted, for the command line to do the same', () => {
  const farm = new Farm(() => ({ emptyFields: 'omit' }));
  expect(farm.notifications.outputs).toMatchObject({ EmptyFields: 'omit' });
});

test('outputs whether an index lists what renders', () => {
  const farm = new Farm(() => ({ rendering: 'on' }));
  expect(farm.notifications.outputs).toMatchObject({ Rendering: 'on' });
});

test('the stack outputs what to paste where, and what the command line needs', () => {
  expect(outputs()).toMatchObject({
    QueueUrl: { Ref: queue },
    SenderPolicyArn: { Ref: expect.stringMatching('^SenderPolicy') },
    ReaderPolicyArn: { Ref: expect.stringMatching('^ReaderPolicy') },
    JobTableName: { Ref: jobs },
    TaskTableName: { Ref: tasks },
    DeadLetterQueueUrl: { Ref: deadLetters },
    NewestBy: 'sent_timestamp',
    RetentionDays: 'off',
    EmptyFields: 'keep',
    Rendering: 'off',
    FunctionName: { Ref: idOf('AWS::Lambda::Function') },
    AlarmTopicArn: { Ref: expect.stringMatching('^AlarmsTopic') },
  });
});

test('each output says what it is for; that of the URL, where to paste it', () => {
  const { existingQueueArn, existingJobTable, existingTaskTable } = CONFIGURED;
  const adopting = synthesized({
    existingQueueArn,
    existingJobTable,
    existingTaskTable,
    rendering: 'on',
  });
  const telling = synthesized({ alerts: CONFIGURED.alerts });
  for (const { template } of [synthesized(), adopting, telling]) {
    const described = Object.entries(template.findOutputs('*'));
    for (const [name, { Description }] of described) {
      expect(Description, name).toMatch(/^[A-Z].{15,}\.$/);
    }
  }
  expect(adopting.template.toJSON().Outputs.SetUpQueue.Description).toContain('once');
  template.hasOutput('QueueUrl', {
    Description:
      'The URL of the queue. Paste it into Deadline Monitor: Tools > Configure Repository Options > Notifications > SQS Notifications.',
  });
});

test('the documentation says of each output what it is for', async () => {
  const path = join(import.meta.dirname, '..', '..', 'docs', 'deploy.md');
  const rows = (await readFile(path, 'utf8')).matchAll(/^\| (`\w+`(?:, `\w+`)*) \|/gm);
  const explained = [...rows].flatMap(([, names = '']) => names.match(/\w+/g) ?? []);
  expect(explained.sort()).toEqual(Object.keys(outputs()).sort());
});
