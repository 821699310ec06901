import { expect, test } from 'vitest';
import {
  arn,
  jobs,
  propertiesOf,
  synthesized,
  tasks,
  template,
} from '../../support/synthesized.ts';

const off = template.toJSON();
const withHistory = synthesized({ history: 'problems' });
const on = withHistory.template.toJSON();
const history = withHistory.idOf('AWS::DynamoDB::GlobalTable', {
  TableName: 'DeadlineNotificationHistory',
});

test('off, there is nothing of it but the output that says so', () => {
  const outputs = Object.keys(off.Outputs).filter((name) => name.startsWith('History'));
  expect(outputs).toEqual(['History']);
  expect(off.Outputs.History.Value).toBe('off');
  const { History: _, ...others } = off.Outputs;
  expect(JSON.stringify({ ...off, Outputs: others })).not.toMatch(/history/i);
  expect(JSON.stringify(off)).not.toContain('BatchWriteItem');
});

test('on, it adds a table, and replaces nothing of what was deployed without', () => {
  const ids = (from: typeof off) => Object.keys(from.Resources);
  expect(ids(on).filter((id) => !ids(off).includes(id))).toEqual([history]);
  expect(ids(off).filter((id) => !ids(on).includes(id))).toEqual([]);
  const changed = ids(off).filter(
    (id) => JSON.stringify(off.Resources[id]) !== JSON.stringify(on.Resources[id]),
  );
  expect(changed.map((id) => off.Resources[id].Type).sort()).toEqual([
    'AWS::CloudWatch::Alarm',
    'AWS::CloudWatch::Dashboard',
    'AWS::IAM::ManagedPolicy',
    'AWS::IAM::Role',
    'AWS::Lambda::Function',
  ]);
});

test('its table has entries of a job in their order, expires them, and outlives the stack', () => {
  expect(on.Resources[history]).toMatchObject({
    DeletionPolicy: 'Retain',
    UpdateReplacePolicy: 'Retain',
    Properties: {
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [
        { AttributeName: 'job_id', KeyType: 'HASH' },
        { AttributeName: 'at', KeyType: 'RANGE' },
      ],
      TimeToLiveSpecification: { AttributeName: 'expires_at', Enabled: true },
      Replicas: [
        {
          DeletionProtectionEnabled: true,
          PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        },
      ],
    },
  });
  expect(on.Resources[history].Properties).not.toHaveProperty('GlobalSecondaryIndexes');
});

test('it follows prefix and removalPolicy', () => {
  const { template } = synthesized({ history: 'all', prefix: 'London-', removalPolicy: 'destroy' });
  template.hasResource('AWS::DynamoDB::GlobalTable', {
    DeletionPolicy: 'Delete',
    Properties: {
      TableName: 'London-DeadlineNotificationHistory',
      Replicas: [{ DeletionProtectionEnabled: false }],
    },
  });
});

test('the function writes to it, and is told which entries and for how long', () => {
  const { Variables } = withHistory.propertiesOf('AWS::Lambda::Function').Environment;
  expect(Variables).toEqual({
    ...propertiesOf('AWS::Lambda::Function').Environment.Variables,
    HISTORY: 'problems',
    HISTORY_DAYS: '30',
    HISTORY_TABLE_NAME: { Ref: history },
  });
  const { Policies } = withHistory.propertiesOf('AWS::IAM::Role');
  expect(Policies[0].PolicyDocument.Statement).toContainEqual({
    Effect: 'Allow',
    Action: 'dynamodb:BatchWriteItem',
    Resource: arn(history),
  });
  expect(withHistory.outputs()).toMatchObject({
    History: 'problems',
    HistoryDays: '30',
    HistoryTableName: { Ref: history },
  });
});

test('who may ask may query it', () => {
  const statements = JSON.stringify(
    Object.entries(withHistory.template.findResources('AWS::IAM::ManagedPolicy')).find(([id]) =>
      id.startsWith('ReaderPolicy'),
    ),
  );
  const { Statement } = JSON.parse(statements)[1].Properties.PolicyDocument;
  const of = (resource: unknown) =>
    (Statement as { Action: string | string[]; Resource: unknown }[])
      .filter(({ Resource }) => JSON.stringify(Resource).includes(JSON.stringify(resource)))
      .flatMap(({ Action }) => Action);
  expect(of(arn(history))).toEqual(['dynamodb:DescribeTable', 'dynamodb:Query', 'dynamodb:Scan']);
  expect(of(arn(jobs))).toContain('dynamodb:GetItem');
  expect(of(arn(tasks))).toContain('dynamodb:Query');
});

test('its throttled writes raise the alarm of the tables, and the dashboard shows its units', () => {
  const alarms = Object.values(withHistory.template.findResources('AWS::CloudWatch::Alarm'));
  const throttles = alarms.find(
    ({ Properties }) => Properties.AlarmName === 'DeadlineNotifications-TableThrottles',
  );
  expect(throttles?.Properties.Metrics).toContainEqual(
    expect.objectContaining({
      Id: 'wh',
      MetricStat: expect.objectContaining({
        Metric: expect.objectContaining({
          MetricName: 'WriteThrottleEvents',
          Dimensions: [{ Name: 'TableName', Value: { Ref: history } }],
        }),
      }),
    }),
  );
  const dashboard = JSON.stringify(withHistory.propertiesOf('AWS::CloudWatch::Dashboard'));
  expect(dashboard.match(/label\\+":\\+"history/g)).toHaveLength(2);
});
