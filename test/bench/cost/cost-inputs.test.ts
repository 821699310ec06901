import { expect, test } from 'vitest';
import { LOGGED, readCostInputs } from '../../../bench/cost/cost-inputs.ts';
import { synthesize, type Template } from '../../../src/local/template.ts';
import { AUDIBLE, captureLines } from '../../support/captured-lines.ts';
import { loadFunction } from '../../support/load-function.ts';
import { context, event, record, task } from '../../support/records.ts';
import { emptyTables } from '../../support/test-tables.ts';

test('the cost inputs are those of the deployed template', async () => {
  const template = await synthesize();
  const changed = (type: string, properties: object): Template => ({
    ...template,
    Resources: Object.fromEntries(
      Object.entries(template.Resources).map(([id, resource]) => [
        id,
        resource.Type === type
          ? { ...resource, Properties: { ...resource.Properties, ...properties } }
          : resource,
      ]),
    ),
  });
  const added = (...resources: Template['Resources'][string][]): Template => ({
    ...template,
    Resources: { ...template.Resources, ...Object.fromEntries(resources.entries()) },
  });

  const now = readCostInputs(template);
  expect(now).toMatchObject({ startedBytes: 911, stoppedBytes: 989, pointInTimeRecovery: true });

  const lambda = changed('AWS::Lambda::Function', { MemorySize: 2_048 });
  expect(readCostInputs(lambda)).toEqual({ ...now, memoryMiB: 2_048 });
  const logs = changed('AWS::Logs::LogGroup', { RetentionInDays: 7 });
  expect(readCostInputs(logs)).toEqual({ ...now, logDays: 7 });
  const Replicas = [{ PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: false } }];
  const tables = changed('AWS::DynamoDB::GlobalTable', { Replicas });
  expect(readCostInputs(tables)).toEqual({ ...now, pointInTimeRecovery: false });
  const source = (properties: object) =>
    readCostInputs(changed('AWS::Lambda::EventSourceMapping', properties));
  const batches = { BatchSize: 50, MaximumBatchingWindowInSeconds: 2 };
  expect(source(batches)).toEqual({ ...now, batchSize: 50, batchingWindow: 2 });
  const [none, counts] = [[], ['EventCount']].map((Metrics) =>
    source({ MetricsConfig: { Metrics } }),
  );
  expect(none?.customMetrics).toBe(LOGGED.metrics);
  expect(counts?.customMetrics).toBe(LOGGED.metrics + 5);

  const Metrics = [{ MetricStat: {} }, { MetricStat: {} }, { Expression: 'a / b' }];
  const watched = added(
    { Type: 'AWS::CloudWatch::Alarm', Properties: { MetricName: 'Errors' } },
    { Type: 'AWS::CloudWatch::Alarm', Properties: { Metrics } },
    { Type: 'AWS::CloudWatch::Dashboard', Properties: {} },
  );
  const { alarmMetrics, dashboards } = now;
  expect(readCostInputs(watched)).toEqual({
    ...now,
    alarmMetrics: alarmMetrics + 3,
    dashboards: dashboards + 1,
  });
});

const { environment } = await emptyTables();
const handler = await loadFunction({
  ...environment,
  ...AUDIBLE,
  _X_AMZN_TRACE_ID: 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1',
});
const lines = captureLines();

test('an invocation logs as many bytes and metrics as the cost assumes', async () => {
  /** Bytes logged for so many notifications, stored a few seconds after they were sent. */
  async function logged(count: number): Promise<number> {
    lines.length = 0;
    const id = crypto.randomUUID();
    const sent = Date.now() - 5_000;
    const records = Array.from({ length: count }, (_, taskId) => record(task(id, taskId), sent));
    await handler(event(...records), context());
    return lines.reduce((sum, line) => sum + JSON.stringify(line).length, 0);
  }
  const one = await logged(1);
  const many = await logged(499);
  expect((many - one) / (498 * LOGGED.bytesEach)).toBeCloseTo(1, 1);
  expect(one / (LOGGED.bytes + LOGGED.bytesEach)).toBeCloseTo(1, 1);

  const metrics = lines.flatMap(({ _aws }) => {
    const { CloudWatchMetrics = [] } = (_aws ?? {}) as { CloudWatchMetrics?: Directive[] };
    return CloudWatchMetrics.flatMap(({ Dimensions, Metrics }) =>
      Dimensions.flatMap((dimensions) => Metrics.map(({ Name }) => `${Name} ${dimensions}`)),
    );
  });
  expect(new Set(metrics).size).toBe(LOGGED.metrics);
});

/** Part of CloudWatch's embedded metric format: each set of dimensions makes a metric of its own. */
interface Directive {
  readonly Dimensions: string[][];
  readonly Metrics: { readonly Name: string }[];
}
