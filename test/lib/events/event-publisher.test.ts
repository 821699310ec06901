import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { expect, test } from 'vitest';
import { configure } from '../../../lib/configuration.ts';
import { LOCAL, localEngines } from '../../../src/local/engines/environment.ts';
import { CONFIGURED } from '../../support/configurations.ts';
import { loadFunction } from '../../support/load-function.ts';
import { context } from '../../support/records.ts';
import { startEventBus } from '../../support/refusing-bus.ts';
import { streamEvent, streamRecord } from '../../support/stream-events.ts';
import { arn, synthesized, text } from '../../support/synthesized.ts';

const on = synthesized({ events: 'on' });
const { template, idOf, outputs } = on;
const history = idOf('AWS::DynamoDB::GlobalTable', { TableName: 'DeadlineNotificationHistory' });
const lambda = idOf('AWS::Lambda::Function', { FunctionName: 'DeadlineNotifications-Events' });
const unsent = idOf('AWS::SQS::Queue', { QueueName: 'DeadlineNotifications-UnsentEvents' });
const logs = idOf('AWS::Logs::LogGroup', {
  LogGroupName: '/aws/lambda/DeadlineNotifications-Events',
});
const stream = { 'Fn::GetAtt': [history, 'StreamArn'] };
const propertiesOf = (type: string, id: string) => template.findResources(type)[id]?.Properties;

test('the history has a stream of new images, only where events are on', () => {
  expect(propertiesOf('AWS::DynamoDB::GlobalTable', history).StreamSpecification).toEqual({
    StreamViewType: 'NEW_IMAGE',
  });
  const { Resources } = synthesized({ history: 'all' }).template.toJSON();
  expect(Object.keys(Resources).filter((id) => /Events/.test(id))).toEqual([]);
  expect(Resources[history].Properties.StreamSpecification).toBeUndefined();
});

test('events imply the problems of the history, and leave all of it', () => {
  expect(configure({ events: 'on' }).history).toBe('problems');
  expect(configure({ events: 'on', history: 'off' }).history).toBe('problems');
  expect(configure({ events: 'on', history: 'all' }).history).toBe('all');
  expect(outputs()).toMatchObject({ Events: 'on', History: 'problems' });
});

test('events change nothing of the function that stores notifications, but its history', () => {
  const name = { FunctionName: 'DeadlineNotifications' };
  const of = (all: ReturnType<typeof synthesized>) =>
    all.template.findResources('AWS::Lambda::Function', { Properties: name });
  expect(of(on)).toEqual(of(synthesized({ history: 'problems' })));
});

test('the stream invokes the function with inserts, from the horizon, and gives up after twelve hours', () => {
  const source = idOf('AWS::Lambda::EventSourceMapping', { EventSourceArn: stream });
  expect(propertiesOf('AWS::Lambda::EventSourceMapping', source)).toEqual({
    FunctionName: { Ref: lambda },
    EventSourceArn: stream,
    StartingPosition: 'TRIM_HORIZON',
    BatchSize: 100,
    MaximumBatchingWindowInSeconds: 1,
    FilterCriteria: { Filters: [{ Pattern: '{"eventName":["INSERT"]}' }] },
    FunctionResponseTypes: ['ReportBatchItemFailures'],
    BisectBatchOnFunctionError: true,
    MaximumRecordAgeInSeconds: 12 * 3_600,
    DestinationConfig: { OnFailure: { Destination: arn(unsent) } },
  });
});

test('unsent events are kept for 14 days, encrypted, and sent only over TLS', () => {
  expect(propertiesOf('AWS::SQS::Queue', unsent)).toMatchObject({
    MessageRetentionPeriod: 14 * 86_400,
    SqsManagedSseEnabled: true,
  });
  template.hasResourceProperties('AWS::SQS::QueuePolicy', { Queues: [{ Ref: unsent }] });
});

const statements = (of: ReturnType<typeof synthesized>) =>
  Object.entries(of.template.findResources('AWS::IAM::Role'))
    .filter(([id]) => id.startsWith('Events'))
    .flatMap(([, { Properties }]) => Properties.Policies)
    .flatMap(({ PolicyDocument }) => PolicyDocument.Statement);

test('the role allows what Lambda does for the function, and the one request that it makes', async () => {
  const bus = await startEventBus();
  const operations: unknown[] = [];
  bus.refusalOf = () => void operations.push('events:PutEvents');
  const handler = await loadFunction<DynamoDBStreamEvent, DynamoDBBatchResponse>(
    {
      ...localEngines('http://127.0.0.1:1', LOCAL.credentials),
      AWS_ENDPOINT_URL_EVENTBRIDGE: bus.endpoint,
      POWERTOOLS_LOG_LEVEL: 'SILENT',
    },
    () => import('../../../src/events/events-handler.ts'),
  );
  await handler(streamEvent(streamRecord(0)), context());
  expect(operations).toEqual(['events:PutEvents']);

  const found = statements(on);
  expect(found.map(({ Action, Resource }) => [Action, Resource])).toEqual([
    ['events:PutEvents', expect.anything()],
    [
      [
        'dynamodb:DescribeStream',
        'dynamodb:GetRecords',
        'dynamodb:GetShardIterator',
        'dynamodb:ListStreams',
      ],
      stream,
    ],
    ['sqs:SendMessage', arn(unsent)],
    [['logs:CreateLogStream', 'logs:PutLogEvents'], arn(logs)],
  ]);
});

test("with a key of the farm's own, the function's role may encrypt what was given up", () => {
  const encrypted = statements(synthesized({ events: 'on', kmsKeyArn: CONFIGURED.kmsKeyArn }));
  expect(encrypted).toContainEqual({
    Effect: 'Allow',
    Action: ['kms:GenerateDataKey', 'kms:Decrypt'],
    Resource: CONFIGURED.kmsKeyArn,
  });
});

const { eventBus, farmId, queueId } = CONFIGURED;
const named = synthesized({ events: 'on', eventBus, farmId, queueId });
const OTHER_BUS = 'arn:aws:events:eu-west-2:210987654321:event-bus/farm';

test.for([
  ['the default', () => on, /^arn:.*:events:.*:event-bus\/default$/],
  ['a named', () => named, /^arn:.*:events:.*:event-bus\/farm$/],
  ["another account's", () => synthesized({ events: 'on', eventBus: OTHER_BUS }), OTHER_BUS],
] as const)('the role may put events only on %s bus', ([, set, expected]) => {
  const [{ Resource }] = statements(set());
  if (typeof expected === 'string') expect(Resource).toBe(expected);
  else expect(text(Resource)).toMatch(expected);
  expect(set().outputs().EventBusArn).toEqual(Resource);
});

test('the settings of the bus and of AWS Deadline Cloud are in its environment, and in outputs', () => {
  named.template.hasResourceProperties('AWS::Lambda::Function', {
    FunctionName: 'DeadlineNotifications-Events',
    Environment: {
      Variables: {
        EVENT_BUS_NAME: 'farm',
        FARM_ID: farmId,
        QUEUE_ID: queueId,
        POWERTOOLS_SERVICE_NAME: 'DeadlineNotifications-Events',
      },
    },
  });
  expect(named.outputs()).toMatchObject({ FarmId: farmId, QueueId: queueId });
  expect(propertiesOf('AWS::Lambda::Function', lambda).Environment.Variables).toEqual({
    POWERTOOLS_SERVICE_NAME: 'DeadlineNotifications-Events',
  });
});

test('two alarms watch the events: that they are late, and that some were given up', () => {
  const of = (name: string) => {
    const id = idOf('AWS::CloudWatch::Alarm', { AlarmName: `DeadlineNotifications-${name}` });
    return propertiesOf('AWS::CloudWatch::Alarm', id);
  };
  expect(of('EventsLate')).toMatchObject({
    Threshold: 900_000, // ms
    DatapointsToAlarm: 2,
    TreatMissingData: 'notBreaching',
    Metrics: [{ MetricStat: { Metric: { MetricName: 'IteratorAge' }, Period: 300 } }],
  });
  expect(of('EventsUnsent')).toMatchObject({ Threshold: 1, TreatMissingData: 'ignore' });
  expect(text(of('EventsUnsent').AlarmDescription)).toContain(
    '`deadline-notifications history publish --since <time> --stack DeadlineNotifications --region <AWS::Region>`',
  );
});
