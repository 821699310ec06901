import { expect, test } from 'vitest';
import {
  arn,
  idOf,
  jobs,
  propertiesOf,
  queue,
  synthesized,
  tasks,
  template,
} from '../../support/synthesized.ts';

const lambda = propertiesOf('AWS::Lambda::Function');
const source = propertiesOf('AWS::Lambda::EventSourceMapping');

test('the function runs on Node.js 24 on arm64 with the tables in its environment', () => {
  expect(lambda).toMatchObject({
    Runtime: 'nodejs24.x',
    Architectures: ['arm64'],
    MemorySize: 512,
  });
  expect(lambda.Environment.Variables).toEqual({
    JOB_TABLE_NAME: { Ref: jobs },
    TASK_TABLE_NAME: { Ref: tasks },
    NEWEST_BY: 'sent_timestamp',
    POWERTOOLS_SERVICE_NAME: 'DeadlineNotifications',
  });
});

test('reports failures per message, and the event source limits its concurrency', () => {
  expect(source).toMatchObject({
    EventSourceArn: arn(queue),
    FunctionResponseTypes: ['ReportBatchItemFailures'],
    BatchSize: 500,
    MaximumBatchingWindowInSeconds: 5,
    ScalingConfig: { MaximumConcurrency: 10 },
    MetricsConfig: { Metrics: ['EventCount'] },
  });
  expect(lambda).not.toHaveProperty('ReservedConcurrentExecutions');
});

test('keeps its logs for a month, and deletes them with the stack', () => {
  const id = idOf('AWS::Logs::LogGroup', { RetentionInDays: 30 });
  expect(template.findResources('AWS::Logs::LogGroup')[id]?.DeletionPolicy).toBe('Delete');
  expect(lambda.LoggingConfig).toEqual({ LogFormat: 'JSON', LogGroup: { Ref: id } });
});

test.for([
  [{ batchSize: 1_000 }, 'AWS::Lambda::EventSourceMapping', { BatchSize: 1_000 }],
  [
    { batchSize: 10, batchingWindowSeconds: 0 },
    'AWS::Lambda::EventSourceMapping',
    { BatchSize: 10 },
  ],
  [
    { batchingWindowSeconds: 20 },
    'AWS::Lambda::EventSourceMapping',
    { MaximumBatchingWindowInSeconds: 20 },
  ],
  [
    { maxConcurrency: 4 },
    'AWS::Lambda::EventSourceMapping',
    { ScalingConfig: { MaximumConcurrency: 4 } },
  ],
  [{ memoryMiB: 1_024 }, 'AWS::Lambda::Function', { MemorySize: 1_024 }],
  [
    { newestBy: 'timestamp' },
    'AWS::Lambda::Function',
    { Environment: { Variables: { NEWEST_BY: 'timestamp' } } },
  ],
  [
    { emptyFields: 'omit' },
    'AWS::Lambda::Function',
    { Environment: { Variables: { EMPTY_FIELDS: 'omit' } } },
  ],
  [
    { rendering: 'on' },
    'AWS::Lambda::Function',
    { Environment: { Variables: { RENDERING: 'on' } } },
  ],
  [{ logRetentionDays: 90 }, 'AWS::Logs::LogGroup', { RetentionInDays: 90 }],
] as const)('%j is set on the %s', ([props, type, properties]) => {
  expect(synthesized(props).propertiesOf(type)).toMatchObject(properties);
});

test.for([undefined, 0, 300])(
  'with a batching window of %s s, the visibility timeout is six times the timeout plus the window',
  (seconds) => {
    const props = seconds === undefined ? {} : { batchingWindowSeconds: seconds, batchSize: 10 };
    synthesized(props).template.hasResourceProperties('AWS::SQS::Queue', {
      QueueName: 'DeadlineNotifications',
      VisibilityTimeout: 6 * lambda.Timeout + (seconds ?? 5),
    });
  },
);
