import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { expect, test } from 'vitest';
import { type AlertProps, DeadlineNotifications } from '../../../lib/index.ts';
import { emailTopicId } from '../../../src/shared/alerts/email-topic.ts';
import { CONFIGURED } from '../../support/configurations.ts';
import { arn, template as plain, synthesized, text } from '../../support/synthesized.ts';

const [ADDRESS, TOPIC] = ['wranglers@example.com', 'arn:aws:sns:eu-west-2:123456789012:farm'];
const { alerts } = CONFIGURED;
const on = synthesized({ alerts });
const { template, idOf, outputs } = on;
const named = (type: string, property: string, end: string) =>
  idOf(type, { [property]: `DeadlineNotifications${end}` });
const history = idOf('AWS::DynamoDB::GlobalTable', { TableName: 'DeadlineNotificationHistory' });
const jobs = idOf('AWS::DynamoDB::GlobalTable', { TableName: 'DeadlineJobNotifications' });
const maker = named('AWS::Lambda::Function', 'FunctionName', '-Alerts');
const sender = named('AWS::Lambda::Function', 'FunctionName', '-AlertSender');
const messages = named('AWS::SQS::Queue', 'QueueName', '-Alerts.fifo');
const unsent = named('AWS::SQS::Queue', 'QueueName', '-UnsentAlerts.fifo');
const unread = named('AWS::SQS::Queue', 'QueueName', '-UnreadAlerts');
const topic = named('AWS::SNS::Topic', 'TopicName', `-Alerts-${emailTopicId(ADDRESS)}`);
const stream = { 'Fn::GetAtt': [history, 'StreamArn'] };
const logsOf = (end: string) => {
  const LogGroupName = `/aws/lambda/DeadlineNotifications${end}`;
  return arn(idOf('AWS::Logs::LogGroup', { LogGroupName }));
};

type Synthesized = Pick<ReturnType<typeof synthesized>, 'template'>;
const propertiesOf = (id: string, { template }: Synthesized = on) =>
  template.toJSON().Resources[id].Properties;

test('without alerts, nothing is deployed for them, whatever else is set of them', () => {
  const { alertDigestSeconds, alertTimeZone, alertHosts, alertsKeyArn } = CONFIGURED;
  const off = { alerts: [], alertDigestSeconds, alertTimeZone, alertHosts, alertsKeyArn };
  expect(synthesized(off).template.toJSON()).toEqual(plain.toJSON());
});

test.for([
  ['the history', () => synthesized({ history: 'problems' }), () => on],
  ['events', () => synthesized({ events: 'on' }), () => synthesized({ events: 'on', alerts })],
] as const)('added to a stack with %s, they replace nothing of it', ([, without, withThem]) => {
  const before = without().template.toJSON().Resources;
  const after = withThem().template.toJSON().Resources;
  const changed = Object.keys(before).filter(
    (id) => JSON.stringify(before[id]) !== JSON.stringify(after[id]),
  );
  for (const id of changed) {
    const { StreamSpecification, DashboardBody, ...others } = after[id].Properties;
    expect(before[id].Properties).toMatchObject(others);
  }
  const types = new Set(changed.map((id) => before[id].Type));
  types.delete('AWS::DynamoDB::GlobalTable'); // that of the history gets its stream
  expect([...types]).toEqual(['AWS::CloudWatch::Dashboard']);
});

test('the stream passes what is new to the function, gathered as long as is set', () => {
  const source = idOf('AWS::Lambda::EventSourceMapping', { FunctionName: { Ref: maker } });
  expect(propertiesOf(history).StreamSpecification).toEqual({ StreamViewType: 'NEW_IMAGE' });
  expect(propertiesOf(source)).toEqual({
    FunctionName: { Ref: maker },
    EventSourceArn: stream,
    StartingPosition: 'TRIM_HORIZON',
    BatchSize: 10_000,
    MaximumBatchingWindowInSeconds: 60,
    FilterCriteria: { Filters: [{ Pattern: '{"eventName":["INSERT"]}' }] },
    FunctionResponseTypes: ['ReportBatchItemFailures'],
    BisectBatchOnFunctionError: true,
    MaximumRecordAgeInSeconds: 12 * 3_600,
    DestinationConfig: { OnFailure: { Destination: arn(unread) } },
  });
});

test('gathered for no time, it is passed after a second, as Lambda takes no less with so many records', () => {
  const { template } = synthesized({ alerts, alertDigestSeconds: 0 });
  template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
    BatchSize: 10_000,
    MaximumBatchingWindowInSeconds: 1,
  });
});

test('each message waits in a FIFO queue, whose groups pass each other', () => {
  expect(propertiesOf(messages)).toEqual({
    QueueName: 'DeadlineNotifications-Alerts.fifo',
    FifoQueue: true,
    DeduplicationScope: 'messageGroup',
    FifoThroughputLimit: 'perMessageGroupId',
    VisibilityTimeout: 6 * propertiesOf(sender).Timeout,
    MessageRetentionPeriod: 14 * 86_400,
    RedrivePolicy: { deadLetterTargetArn: arn(unsent), maxReceiveCount: 1_000 },
    SqsManagedSseEnabled: true,
  });
  expect(propertiesOf(unsent)).toMatchObject({ FifoQueue: true, SqsManagedSseEnabled: true });
  for (const each of [messages, unsent, unread]) {
    expect(propertiesOf(each).MessageRetentionPeriod).toBe(14 * 86_400);
    template.hasResourceProperties('AWS::SQS::QueuePolicy', {
      Queues: [{ Ref: each }],
      PolicyDocument: {
        Statement: [{ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }],
      },
    });
  }
  const source = idOf('AWS::Lambda::EventSourceMapping', { FunctionName: { Ref: sender } });
  expect(propertiesOf(source)).toEqual({
    FunctionName: { Ref: sender },
    EventSourceArn: arn(messages),
    BatchSize: 1,
    FunctionResponseTypes: ['ReportBatchItemFailures'],
  });
});

test('both functions are small, and are told what they need', () => {
  const common = {
    Architectures: ['arm64'],
    Handler: 'index.handler',
    LoggingConfig: { LogFormat: 'JSON' },
    MemorySize: 256,
    Runtime: 'nodejs24.x',
    Timeout: 30,
  };
  expect(propertiesOf(maker)).toMatchObject(common);
  expect(propertiesOf(maker).Environment.Variables).toEqual({
    JOB_TABLE_NAME: { Ref: jobs },
    HISTORY_TABLE_NAME: { Ref: history },
    ALERT_QUEUE_URL: { Ref: messages },
    TIME_ZONE: 'UTC',
    POWERTOOLS_SERVICE_NAME: 'DeadlineNotifications-Alerts',
  });
  expect(propertiesOf(sender)).toMatchObject(common);
  const { EMAIL_TOPIC_PREFIX, ...others } = propertiesOf(sender).Environment.Variables;
  expect(others).toEqual({
    ALERT_QUEUE_URL: { Ref: messages },
    UNSENT_ALERTS_URL: { Ref: unsent },
    POWERTOOLS_SERVICE_NAME: 'DeadlineNotifications-AlertSender',
  });
  expect(text(EMAIL_TOPIC_PREFIX)).toMatch(/^arn:.*:sns:.*:DeadlineNotifications-Alerts-$/);
});

test('in a stack of another name, the messages name it; time zone and hosts are told', () => {
  const app = new App({ context: { 'aws:cdk:bundling-stacks': [] } });
  const farm = new Stack(app, 'Farm');
  const { alertTimeZone } = CONFIGURED;
  const alertHosts = ['chat.example.com', 'mattermost.example.org'];
  new DeadlineNotifications(farm, 'Notifications', { alerts, alertTimeZone, alertHosts });
  const template = Template.fromStack(farm);
  const variables = (FunctionName: string, Variables: object) =>
    template.hasResourceProperties('AWS::Lambda::Function', {
      FunctionName,
      Environment: { Variables },
    });
  variables('DeadlineNotifications-Alerts', { STACK_NAME: 'Farm', TIME_ZONE: 'Europe/London' });
  variables('DeadlineNotifications-AlertSender', {
    ALERT_HOSTS: 'chat.example.com,mattermost.example.org',
  });
});

/** What a function may do: actions, and on what. */
function allowed(id: string, of: Synthesized = on): unknown[] {
  const role = propertiesOf(propertiesOf(id, of).Role['Fn::GetAtt'][0], of);
  expect(role).not.toHaveProperty('ManagedPolicyArns');
  const [{ PolicyDocument }, ...others] = role.Policies;
  expect(others).toEqual([]);
  return PolicyDocument.Statement.map(
    ({ Action, Resource }: { Action: unknown; Resource: unknown }) => [Action, Resource],
  );
}

test('the function that makes messages may read the history and jobs, and queue', () => {
  expect(allowed(maker)).toEqual([
    [
      [
        'dynamodb:DescribeStream',
        'dynamodb:GetRecords',
        'dynamodb:GetShardIterator',
        'dynamodb:ListStreams',
      ],
      stream,
    ],
    ['sqs:SendMessage', arn(unread)],
    ['dynamodb:BatchGetItem', arn(jobs)],
    ['dynamodb:Query', arn(history)],
    ['sqs:SendMessage', arn(messages)],
    [['logs:CreateLogStream', 'logs:PutLogEvents'], logsOf('-Alerts')],
  ]);
});

const [RECEIVE, LOG] = [
  [
    'sqs:ReceiveMessage',
    'sqs:DeleteMessage',
    'sqs:GetQueueAttributes',
    'sqs:ChangeMessageVisibility',
  ],
  ['logs:CreateLogStream', 'logs:PutLogEvents'],
];

test('the sender may read only the parameters that are named, and publish only to the topics', () => {
  const parameter = (name: string) => ({
    'Fn::Join': [
      '',
      [
        ...['arn:', { Ref: 'AWS::Partition' }, ':ssm:', { Ref: 'AWS::Region' }],
        ...[':', { Ref: 'AWS::AccountId' }, `:parameter/${name}`],
      ],
    ],
  });
  expect(allowed(sender)).toEqual([
    [RECEIVE, arn(messages)],
    ['sqs:SendMessage', arn(unsent)],
    // `hook` has no slash.
    ['ssm:GetParameter', ['deadline/slack', 'hook', 'deadline/hook-secret'].map(parameter)],
    ['sns:Publish', [{ Ref: topic }, TOPIC]],
    [LOG, logsOf('-AlertSender')],
  ]);
});

test('with only the log for a channel, it may neither', () => {
  const logged = synthesized({ alerts: [{ name: 'a', when: 'job-failed', to: 'log' }] });
  const id = logged.idOf('AWS::Lambda::Function', {
    FunctionName: 'DeadlineNotifications-AlertSender',
  });
  expect(allowed(id, logged).map((each) => (each as unknown[])[0])).toEqual([
    RECEIVE,
    'sqs:SendMessage',
    LOG,
  ]);
});

test("with keys of one's own, it may decrypt parameters, and both may use the queues", () => {
  const { kmsKeyArn, alertsKeyArn } = CONFIGURED;
  const keyed = synthesized({ alerts, kmsKeyArn, alertsKeyArn });
  const use = [['kms:GenerateDataKey', 'kms:Decrypt'], kmsKeyArn];
  expect(allowed(maker, keyed)).toContainEqual(use);
  expect(allowed(maker, keyed)).not.toContainEqual(['kms:Decrypt', alertsKeyArn]);
  expect(allowed(sender, keyed)).toContainEqual(use);
  expect(allowed(sender, keyed)).toContainEqual(['kms:Decrypt', alertsKeyArn]);
  for (const each of [messages, unsent, unread]) {
    expect(propertiesOf(each, keyed).KmsMasterKeyId).toBe(kmsKeyArn);
  }
});

test('each address has a topic of its own, which refuses what comes without TLS', () => {
  const to = ['email:Ana@example.com', 'email:ben@example.com', 'email:ana@example.com'];
  const entries: AlertProps[] = [
    { name: 'a', when: 'job-failed', to },
    { name: 'b', when: 'job-completed', to: 'email:ben@example.com' },
  ];
  const { template } = synthesized({ alerts: entries });
  const subscriptions = Object.values(template.findResources('AWS::SNS::Subscription'));
  const addresses = ['Ana@example.com', 'ben@example.com'];
  expect(subscriptions.map(({ Properties }) => Properties.Endpoint)).toEqual(addresses);
  for (const [index, address] of addresses.entries()) {
    const TopicName = `DeadlineNotifications-Alerts-${emailTopicId(address)}`;
    const [id = ''] = Object.keys(
      template.findResources('AWS::SNS::Topic', { Properties: { TopicName } }),
    );
    expect(subscriptions[index]?.Properties).toMatchObject({
      Protocol: 'email',
      TopicArn: { Ref: id },
    });
    template.hasResourceProperties('AWS::SNS::TopicPolicy', { Topics: [{ Ref: id }] });
  }
});

test('outputs say how many there are, and where', () => {
  expect(outputs()).toMatchObject({
    Alerts: '2',
    History: 'problems',
    AlertsFunctionName: { Ref: maker },
    AlertSenderFunctionName: { Ref: sender },
    UnsentAlertsQueueUrl: { Ref: unsent },
    UnreadAlertsQueueUrl: { Ref: unread },
  });
});

const alarm = (name: string) => propertiesOf(named('AWS::CloudWatch::Alarm', 'AlarmName', name));

test.for([
  ['-AlertsLate', 900_000, 2, 'notBreaching', 'IteratorAge'], // ms
  ['-AlertsUnread', 1, 1, 'ignore', 'ApproximateNumberOfMessagesVisible'],
  ['-AlertsWaiting', 900, 2, 'ignore', 'ApproximateAgeOfOldestMessage'], // s
  ['-AlertsUnsent', 1, 1, 'ignore', 'ApproximateNumberOfMessagesVisible'],
] as const)('the alarm %s goes off at %s, and says what to do', ([name, ...expected]) => {
  const { Threshold, DatapointsToAlarm, TreatMissingData, AlarmDescription, Metrics } = alarm(name);
  const metrics = JSON.stringify(Metrics);
  expect([Threshold, DatapointsToAlarm, TreatMissingData]).toEqual(expected.slice(0, 3));
  expect(metrics).toContain(expected[3]);
  const description = text(AlarmDescription);
  expect(description.length).toBeGreaterThan(100);
  expect(description.length).toBeLessThanOrEqual(1_000);
  expect(description).toContain('/aws/lambda/DeadlineNotifications-Alert');
});

test('of what a channel did not take, the alarm names the command that has the remedy', () => {
  expect(text(alarm('-AlertsUnsent').AlarmDescription)).toContain(
    '`deadline-notifications doctor --stack DeadlineNotifications --region <AWS::Region>`',
  );
});
