import type { SQSRecord } from 'aws-lambda';
import { type RowRules, toItem } from '../../src/ingest/item/item.ts';
import { itemSize } from '../../src/ingest/item/item-size.ts';
import { ofType, type Template } from '../../src/local/template.ts';
import started from '../../src/shared/samples/started-task.json' with { type: 'json' };
import stopped from '../../src/shared/samples/stopped-task.json' with { type: 'json' };

/** What determines the cost, besides the number of notifications. */
export interface CostInputs {
  /** Size of the item of a task that has started, in bytes. */
  readonly startedBytes: number;
  /** Size of the item of a task that has stopped, in bytes. */
  readonly stoppedBytes: number;
  readonly pointInTimeRecovery: boolean;
  readonly memoryMiB: number;
  readonly batchSize: number;
  /** In s. */
  readonly batchingWindow: number;
  /** CPU time of a whole core per notification, in s. */
  readonly cpu: number;
  /** Logged per invocation, including metrics, in bytes. */
  readonly logBytes: number;
  /** Logged per notification, in bytes. */
  readonly logBytesEach: number;
  readonly logDays: number;
  /** Metrics of the function and its event source. */
  readonly customMetrics: number;
  /** Metrics that alarms watch: an alarm on metric math is billed for each of its metrics. */
  readonly alarmMetrics: number;
  readonly dashboards: number;
}

/**
 * What the function logs if it stores everything within seconds, in bytes: per invocation and, because its
 * age is a metric, per notification. And the number of metrics.
 */
export const LOGGED = { bytes: 865, bytesEach: 7, metrics: 8 } as const;

/**
 * The CPU time from a notification's body to its row, in s of an x86-64 core: the mean of new and newer
 * rows in large batches (`npm run bench -- handler`).
 */
const CPU = 0.000_17;

/**
 * Metrics of an SQS event source: polled, filtered-out, invoked, failed, and deleted events
 * (https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html).
 */
const EVENT_COUNT_METRICS = 5;

/** Reads the cost inputs of a stack from its template. */
export function readCostInputs(template: Template): CostInputs {
  const all = (type: string) =>
    ofType(template, type).map(([, properties]) => properties as unknown);
  const [lambda] = all('AWS::Lambda::Function') as [{ MemorySize: number }];
  const [source] = all('AWS::Lambda::EventSourceMapping') as [EventSource];
  const [logs] = all('AWS::Logs::LogGroup') as [{ RetentionInDays: number }];
  const replicas = (all('AWS::DynamoDB::GlobalTable') as Table[]).flatMap((each) => each.Replicas);
  const alarms = all('AWS::CloudWatch::Alarm') as Alarm[];
  const hasEventCount = source.MetricsConfig?.Metrics.includes('EventCount');
  return {
    startedBytes: measureItem(started),
    stoppedBytes: measureItem(stopped),
    pointInTimeRecovery: replicas.some(
      (replica) => replica.PointInTimeRecoverySpecification?.PointInTimeRecoveryEnabled,
    ),
    memoryMiB: lambda.MemorySize,
    batchSize: source.BatchSize,
    batchingWindow: source.MaximumBatchingWindowInSeconds,
    cpu: CPU,
    logBytes: LOGGED.bytes,
    logBytesEach: LOGGED.bytesEach,
    logDays: logs.RetentionInDays,
    customMetrics: LOGGED.metrics + (hasEventCount ? EVENT_COUNT_METRICS : 0),
    alarmMetrics: alarms.reduce((count, alarm) => count + countMetrics(alarm), 0),
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

/** An alarm without `Metrics` watches one metric; one with metric math, those that have a `MetricStat`. */
interface Alarm {
  readonly Metrics?: readonly { readonly MetricStat?: object }[];
}

function countMetrics({ Metrics }: Alarm): number {
  return Metrics?.filter(({ MetricStat }) => MetricStat !== undefined).length ?? 1;
}

/** The size of a notification's item, in bytes. */
export function measureItem(body: object, rules: Partial<RowRules> = {}): number {
  const record = {
    body: JSON.stringify(body),
    attributes: { SentTimestamp: '1597352219300' },
  } as SQSRecord;
  return itemSize(toItem(record, rules).attributes);
}
