import type { SQSRecord } from 'aws-lambda';
import { toItem } from '../../src/ingest/item/item.ts';
import { itemSize } from '../../src/ingest/item/item-size.ts';
import { ofType, type Template } from '../../src/local/template.ts';
import started from '../../src/shared/samples/started-task.json' with { type: 'json' };
import stopped from '../../src/shared/samples/stopped-task.json' with { type: 'json' };
import type { EmptyFields } from '../../src/shared/setting-values.ts';

/** What the cost depends on, but for the number of notifications. */
export interface Basis {
  /** The items of a task that has started and of one that has stopped, in bytes. */
  readonly startedBytes: number;
  readonly stoppedBytes: number;
  readonly pointInTimeRecovery: boolean;
  readonly memoryMiB: number;
  readonly batchSize: number;
  /** In s. */
  readonly batchingWindow: number;
  /** What a notification takes from its body to its row, in s of a whole core. */
  readonly cpu: number;
  /** What an invocation logs itself, and more for each notification, in bytes, with its metrics. */
  readonly logBytes: number;
  readonly logBytesEach: number;
  readonly logDays: number;
  /** The function's own metrics, and those of its event source. */
  readonly customMetrics: number;
  /** Of all alarms: one on metric math is billed for each metric that it watches. */
  readonly alarmMetrics: number;
  readonly dashboards: number;
}

/**
 * What an invocation logs when it stores all within seconds, in bytes: of itself, and of each
 * notification, whose age is a metric; and how many metrics that holds.
 */
export const LOGGED = { bytes: 865, bytesEach: 7, metrics: 8 } as const;

/**
 * From a notification's body to its row, in s of a core of x86-64: of new rows and of newer ones in large
 * batches, in equal parts (`npm run bench -- handler`).
 */
const CPU = 0.000_17;

/**
 * Of the event source for SQS, once asked for: polled, filtered out, invoked, failed and deleted
 * events (https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html).
 */
const EVENT_COUNT_METRICS = 5;

/** The basis of what this stack costs. */
export function basisOf(template: Template): Basis {
  const all = (type: string) =>
    ofType(template, type).map(([, properties]) => properties as unknown);
  const [lambda] = all('AWS::Lambda::Function') as [{ MemorySize: number }];
  const [source] = all('AWS::Lambda::EventSourceMapping') as [EventSource];
  const [logs] = all('AWS::Logs::LogGroup') as [{ RetentionInDays: number }];
  const tables = all('AWS::DynamoDB::GlobalTable') as Table[];
  const alarms = all('AWS::CloudWatch::Alarm') as Alarm[];
  const sourceMetrics = source.MetricsConfig?.Metrics.includes('EventCount');
  return {
    startedBytes: sizeOf(started),
    stoppedBytes: sizeOf(stopped),
    pointInTimeRecovery: tables.some(({ Replicas }) =>
      Replicas.some(
        ({ PointInTimeRecoverySpecification: recovery }) => recovery?.PointInTimeRecoveryEnabled,
      ),
    ),
    memoryMiB: lambda.MemorySize,
    batchSize: source.BatchSize,
    batchingWindow: source.MaximumBatchingWindowInSeconds,
    cpu: CPU,
    logBytes: LOGGED.bytes,
    logBytesEach: LOGGED.bytesEach,
    logDays: logs.RetentionInDays,
    customMetrics: LOGGED.metrics + (sourceMetrics ? EVENT_COUNT_METRICS : 0),
    alarmMetrics: alarms.reduce((count, alarm) => count + metricsOf(alarm), 0),
    dashboards: all('AWS::CloudWatch::Dashboard').length,
  };
}

interface EventSource {
  readonly BatchSize: number;
  readonly MaximumBatchingWindowInSeconds: number;
  readonly MetricsConfig?: { readonly Metrics: readonly string[] };
}

interface Table {
  readonly Replicas: readonly {
    readonly PointInTimeRecoverySpecification?: { readonly PointInTimeRecoveryEnabled: boolean };
  }[];
}

/** Of one metric, or of metric math: then each is an expression or has a `MetricStat`. */
interface Alarm {
  readonly Metrics?: readonly { readonly MetricStat?: object }[];
}

function metricsOf({ Metrics }: Alarm): number {
  return Metrics?.filter(({ MetricStat }) => MetricStat !== undefined).length ?? 1;
}

/** The bytes of the item that a notification becomes. */
export function sizeOf(body: object, emptyFields: EmptyFields = 'keep'): number {
  const record = {
    body: JSON.stringify(body),
    attributes: { SentTimestamp: '1597352219300' },
  } as SQSRecord;
  return itemSize(toItem(record, { emptyFields }).attributes);
}
