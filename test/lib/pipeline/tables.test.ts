import { expect, test } from 'vitest';
import { jobs, synthesized, tasks, template } from '../../support/synthesized.ts';

const replica = (from: typeof template, id: string) =>
  from.findResources('AWS::DynamoDB::GlobalTable')[id]?.Properties.Replicas;

test.for([
  [
    jobs,
    [['job_id', 'HASH', 'S']],
    'by-time',
    [
      ['task_type', 'HASH', 'S'],
      ['sent_timestamp', 'RANGE', 'N'],
    ],
    ['job_details', 'notification_info'],
  ],
  [
    tasks,
    [
      ['job_id', 'HASH', 'S'],
      ['task_id', 'RANGE', 'N'],
    ],
    'failed-by-time',
    [
      ['task_status', 'HASH', 'S'],
      ['sent_timestamp', 'RANGE', 'N'],
    ],
    ['task_details', 'notification_info'],
  ],
] as const)('%s has the documented key and one index, and outlives the stack', (expected) => {
  const [id, key, IndexName, indexKey, NonKeyAttributes] = expected;
  const table = template.findResources('AWS::DynamoDB::GlobalTable')[id];
  expect(table).toMatchObject({
    DeletionPolicy: 'Retain',
    UpdateReplacePolicy: 'Retain',
    Properties: {
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: key.map(([AttributeName, KeyType]) => ({ AttributeName, KeyType })),
      AttributeDefinitions: [...key, ...indexKey].map(([AttributeName, , AttributeType]) => ({
        AttributeName,
        AttributeType,
      })),
      GlobalSecondaryIndexes: [
        {
          IndexName,
          KeySchema: indexKey.map(([AttributeName, KeyType]) => ({ AttributeName, KeyType })),
          Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes },
        },
      ],
    },
  });
  expect(table?.Properties).not.toHaveProperty('TimeToLiveSpecification');
  expect(JSON.stringify(table)).not.toContain('Throughput'); // as much as is asked of it
});

test('with the index of what renders, all else is deployed as without it', () => {
  const withIndex = synthesized({ rendering: 'on' }).template;
  const table = withIndex.findResources('AWS::DynamoDB::GlobalTable')[tasks]?.Properties;
  const before = template.findResources('AWS::DynamoDB::GlobalTable')[tasks]?.Properties;
  const [failed, rendering, ...others] = table.GlobalSecondaryIndexes;
  expect(others).toEqual([]);
  expect([failed]).toEqual(before.GlobalSecondaryIndexes);
  expect(rendering).toEqual({
    IndexName: 'rendering-by-time',
    KeySchema: [
      { AttributeName: 'rendering', KeyType: 'HASH' },
      { AttributeName: 'sent_timestamp', KeyType: 'RANGE' },
    ],
    Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['task_details'] },
  });
  expect(table.AttributeDefinitions).toEqual([
    ...before.AttributeDefinitions,
    { AttributeName: 'rendering', AttributeType: 'S' },
  ]);
  expect(withIndex.findResources('AWS::DynamoDB::GlobalTable')[jobs]).toEqual(
    template.findResources('AWS::DynamoDB::GlobalTable')[jobs],
  );
});

test.for([jobs, tasks])('%s has point-in-time recovery and deletion protection', (id) => {
  expect(replica(template, id)).toMatchObject([
    {
      DeletionProtectionEnabled: true,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    },
  ]);
});

test('tables are deleted with the stack if configured', () => {
  const { template } = synthesized({ removalPolicy: 'destroy' });
  for (const id of [jobs, tasks]) {
    expect(template.findResources('AWS::DynamoDB::GlobalTable')[id]).toMatchObject({
      DeletionPolicy: 'Delete',
    });
    expect(replica(template, id)).toMatchObject([{ DeletionProtectionEnabled: false }]);
  }
});

test("with a retention, DynamoDB deletes rows by the function's expiry time", () => {
  const { template, outputs } = synthesized({ retentionDays: 90 });
  const expiring = { TimeToLiveSpecification: { AttributeName: 'expires_at', Enabled: true } };
  template.resourcePropertiesCountIs('AWS::DynamoDB::GlobalTable', expiring, 2);
  template.hasResourceProperties('AWS::Lambda::Function', {
    Environment: { Variables: { RETENTION_DAYS: '90' } },
  });
  expect(outputs()).toMatchObject({ RetentionDays: '90' });
});
