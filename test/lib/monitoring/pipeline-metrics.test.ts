import { expect, test } from 'vitest';
import { AUDIBLE, captureLines } from '../../support/captured-lines.ts';
import { loadFunction } from '../../support/load-function.ts';
import { line, type MetricStat, named } from '../../support/metric-lines.ts';
import { context, event, job, record } from '../../support/records.ts';
import { propertiesOf, synthesized, template } from '../../support/synthesized.ts';
import { emptyTables } from '../../support/test-tables.ts';

const NAMESPACE = 'DeadlineNotifications';
const { environment } = await emptyTables();
const handler = await loadFunction({
  ...environment,
  ...AUDIBLE,
  POWERTOOLS_SERVICE_NAME:
    propertiesOf('AWS::Lambda::Function').Environment.Variables.POWERTOOLS_SERVICE_NAME,
});
const lines = captureLines();

interface Emf {
  readonly service: string;
  readonly _aws: {
    readonly CloudWatchMetrics: {
      readonly Namespace: string;
      readonly Dimensions: string[][];
      readonly Metrics: { readonly Name: string }[];
    }[];
  };
}

const dashboard = JSON.stringify(propertiesOf('AWS::CloudWatch::Dashboard').DashboardBody);

test('the dashboard and the alarms use all metrics of the function, and no others', async () => {
  await handler(event(record(job(crypto.randomUUID())), record('no JSON')), context());
  const emitted = lines
    .filter((line) => '_aws' in line)
    .flatMap((line) => {
      const { service, _aws } = line as unknown as Emf;
      return _aws.CloudWatchMetrics.flatMap(({ Namespace, Dimensions, Metrics }) =>
        Metrics.map(({ Name }) => `${Namespace} ${Name} ${Dimensions.join()}=${service}`),
      );
    });

  const shown = [
    ...dashboard.matchAll(/\\"DeadlineNotifications\\",\\"(\w+)\\",\\"(\w+)\\",\\"([\w-]+)\\"/g),
  ].map(([, name, dimension, value]) => `${NAMESPACE} ${name} ${dimension}=${value}`);
  expect([...new Set(shown)].sort()).toEqual([...new Set(emitted)].sort());

  const watched = Object.values(template.findResources('AWS::CloudWatch::Alarm'))
    .flatMap(({ Properties }) => Properties.Metrics)
    .map(({ MetricStat }) => MetricStat?.Metric)
    .filter((metric) => metric?.Namespace === NAMESPACE)
    .map(
      ({ MetricName, Dimensions: [{ Name, Value }] }) =>
        `${NAMESPACE} ${MetricName} ${Name}=${Value}`,
    );
  expect(watched).toHaveLength(2);
  for (const metric of watched) expect(emitted).toContain(metric);
});

test("the dashboard finds rejected messages by the function's log lines", async () => {
  const invalid = record('no JSON');
  invalid.attributes.ApproximateReceiveCount = '2';
  await handler(event(invalid), context());
  const [, names = '', message] =
    /fields @timestamp, ([\w, ]+)\\\\n\| filter message = \\\\\\"([\w ]+)\\\\\\"/.exec(dashboard) ??
    [];
  const found = lines.find((line) => line.message === message);
  for (const name of names.split(', ')) expect(found, name).toHaveProperty(name);
});

test('the indexes of existing tables are watched and shown, too', () => {
  const existing = {
    existingJobTable: 'Jobs',
    existingTaskTable: 'Tasks',
    rendering: 'on',
  } as const;
  const { propertiesOf, template } = synthesized(existing);
  const ofIndex = [
    'by-time TableName=Jobs',
    'failed-by-time TableName=Tasks',
    'rendering-by-time TableName=Tasks',
  ].map((index) => `AWS/DynamoDB WriteThrottleEvents GlobalSecondaryIndexName=${index} Sum`);
  const watched = Object.values(template.findResources('AWS::CloudWatch::Alarm'))
    .flatMap(({ Properties }): { MetricStat?: MetricStat }[] => Properties.Metrics ?? [])
    .flatMap(({ MetricStat }) => (MetricStat ? [line(named(template), MetricStat)] : []));
  expect(watched).toEqual(expect.arrayContaining(ofIndex));

  const body = JSON.stringify(propertiesOf('AWS::CloudWatch::Dashboard').DashboardBody);
  const shown = [
    ...body.matchAll(
      /\\"(\w+)\\",\\"GlobalSecondaryIndexName\\",\\"([\w-]+)\\",\\"TableName\\",\\"(\w+)\\"/g,
    ),
  ].map(([, name, index, table]) => `${name} ${index} ${table}`);
  expect(shown.sort()).toEqual([
    'ConsumedReadCapacityUnits by-time Jobs',
    'ConsumedReadCapacityUnits failed-by-time Tasks',
    'ConsumedReadCapacityUnits rendering-by-time Tasks',
    'ConsumedWriteCapacityUnits by-time Jobs',
    'ConsumedWriteCapacityUnits failed-by-time Tasks',
    'ConsumedWriteCapacityUnits rendering-by-time Tasks',
    'WriteThrottleEvents by-time Jobs',
    'WriteThrottleEvents failed-by-time Tasks',
    'WriteThrottleEvents rendering-by-time Tasks',
  ]);
  expect(body).toContain('FILL(wt, 0) + FILL(wit, 0) + FILL(wit2, 0)');
  expect(body).toContain('index of tasks that render');
});
