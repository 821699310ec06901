import { Duration } from 'aws-cdk-lib';
import { MathExpression, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { TableIndex } from '../../src/shared/indexes.ts';
import { AGE, type MetricName, NAMESPACE } from '../../src/shared/metric-names.ts';
import type { Names } from '../../src/shared/resource-names.ts';
import type { Ingester } from '../pipeline/ingester.ts';
import type { NotificationQueues } from '../pipeline/queues.ts';
import type { NotificationTables } from '../pipeline/tables.ts';

const period = Duration.minutes(1);
const sum = { statistic: Stats.SUM, period };
const maximum = { statistic: Stats.MAXIMUM, period };

export interface Parts {
  readonly names: Names;
  readonly queues: NotificationQueues;
  readonly tables: NotificationTables;
  readonly ingester: Ingester;
}

export type PipelineMetrics = ReturnType<typeof pipelineMetrics>;

/** Metrics of a deployed pipeline, per minute. Counts are sums; labels give the unit of times (s or ms). */
export function pipelineMetrics({ names, queues, tables, ingester }: Parts) {
  const { notifications, deadLetters } = queues;
  const { function: lambda, source } = ingester;

  const own = (metricName: MetricName, statistic: string, label: string) =>
    new Metric({
      namespace: NAMESPACE,
      metricName,
      dimensionsMap: { service: names.name },
      statistic,
      period,
      label,
    });
  const count = (name: MetricName, label: string) => own(name, Stats.SUM, label);
  const ofSource = (metricName: string, label: string) =>
    new Metric({
      namespace: 'AWS/Lambda',
      metricName,
      dimensionsMap: { EventSourceMappingUUID: source.eventSourceMappingId },
      ...sum,
      label,
    });

  const throttles = tableThrottles(tables);

  return {
    sent: notifications.metricNumberOfMessagesSent({ ...sum, label: 'sent by Deadline' }),
    received: count('received', 'received'),
    written: count('written', 'stored'),
    stale: count('stale', 'not newer than their rows'),
    superseded: count('superseded', 'not the newest of their batch'),
    invalid: count('invalid', 'invalid'),
    notWritten: count('notWritten', 'not stored in time'),
    lostRaces: count('lostRaces', 'lost races'),
    ageP50: own(AGE, Stats.p(50), 'half of them (ms)'),
    ageP99: own(AGE, Stats.p(99), '99 % of them (ms)'),
    polled: ofSource('PolledEventCount', 'polled'),
    deleted: ofSource('DeletedEventCount', 'done with'),
    waiting: notifications.metricApproximateNumberOfMessagesVisible({
      ...maximum,
      label: 'waiting',
    }),
    inFlight: notifications.metricApproximateNumberOfMessagesNotVisible({
      ...maximum,
      label: 'received, or to be tried again',
    }),
    oldest: oldestAge(notifications, 'oldest (s)'),
    deadLetters: messageCount(deadLetters, 'dead letters'),
    oldestDeadLetter: oldestAge(deadLetters, 'oldest dead letter (s)'),
    errors: lambda.metricErrors({ ...sum, label: 'errors' }),
    throttles: lambda.metricThrottles({ ...sum, label: 'throttled' }),
    duration: lambda.metricDuration({ ...maximum, label: 'longest (ms)' }),
    invocations: lambda.metricInvocations({ ...sum, label: 'invocations' }),
    concurrency: lambda.metric('ConcurrentExecutions', { ...maximum, label: 'at once' }),
    writeUnits: capacityUnits(tables, 'ConsumedWriteCapacityUnits'),
    readUnits: capacityUnits(tables, 'ConsumedReadCapacityUnits'),
    // FILL, because DynamoDB publishes these metrics only while it throttles, and an alarm on DynamoDB
    // metrics keeps its state while they are missing (CloudWatch API reference, PutMetricAlarm). A
    // throttled index blocks writes to its table. Reads of an index, which only the command line makes,
    // block nothing.
    tableThrottles: new MathExpression({
      expression: Object.keys(throttles)
        .map((id) => `FILL(${id}, 0)`)
        .join(' + '),
      usingMetrics: throttles,
      period,
      label: 'throttled by DynamoDB',
    }),
  };
}

/*
 * SQS reports the age of the oldest message only while the queue has one, and messages in flight only while
 * there are any: these count as 0. It reports visible messages while the queue is active, and nothing of a
 * queue at rest, even with messages in it: then these have no value, either (SQS developer guide, "Available
 * CloudWatch metrics for Amazon SQS").
 */

/** The age of the oldest message, in s. */
export function oldestAge(queue: IQueue, label: string): MathExpression {
  return new MathExpression({
    expression: 'FILL(age, 0) + 0 * visible',
    usingMetrics: {
      age: queue.metricApproximateAgeOfOldestMessage(maximum),
      visible: queue.metricApproximateNumberOfMessagesVisible(maximum),
    },
    period,
    label,
  });
}

/**
 * The number of messages, including those that someone is looking at.
 *
 * @param id tells it from that of another queue in the same graph
 */
export function messageCount(queue: IQueue, label: string, id = ''): MathExpression {
  return new MathExpression({
    expression: `visible${id} + FILL(held${id}, 0)`,
    usingMetrics: {
      [`visible${id}`]: queue.metricApproximateNumberOfMessagesVisible(maximum),
      [`held${id}`]: queue.metricApproximateNumberOfMessagesNotVisible(maximum),
    },
    period,
    label,
  });
}

/**
 * What is throttled of each table, of the writes to its indexes, and of those to the history, which only the
 * command line reads; by the ids of metric math.
 */
function tableThrottles(tables: NotificationTables): Record<string, Metric> {
  const { history } = tables;
  return Object.fromEntries([
    ...byTable(tables).flatMap(({ kind, table, indexes }) => {
      const letter = kind.charAt(0);
      const writes = table.metric('WriteThrottleEvents', sum);
      return [
        [`r${letter}`, table.metric('ReadThrottleEvents', sum)],
        [`w${letter}`, writes],
        ...indexes.map((index, number) => [
          `wi${letter}${number > 0 ? number + 1 : ''}`,
          ofIndex(index, writes),
        ]),
      ];
    }),
    ...(history ? [['wh', history.metric('WriteThrottleEvents', sum)]] : []),
  ]);
}

function capacityUnits(tables: NotificationTables, metricName: string): Metric[] {
  const { history } = tables;
  const entries = history ? [history.metric(metricName, { ...sum, label: 'history' })] : [];
  const rows = byTable(tables).flatMap(({ kind, table, indexes }) => {
    const units = table.metric(metricName, { ...sum, label: `${kind}s` });
    return [
      units,
      ...indexes.map((index) => ofIndex(index, units).with({ label: `index of ${index.lists}` })),
    ];
  });
  return [...rows, ...entries];
}

/** Each table with its indexes. */
function byTable({ jobs, tasks, indexes }: NotificationTables) {
  const tables = [
    { kind: 'job', table: jobs },
    { kind: 'task', table: tasks },
  ] as const;
  return tables.map((each) => ({
    ...each,
    indexes: indexes.filter(({ kind }) => kind === each.kind),
  }));
}

/**
 * The same metric for the table's index, which the table's own metric does not include (DynamoDB developer
 * guide, "DynamoDB Metrics and dimensions").
 */
function ofIndex({ name }: TableIndex, ofTable: Metric): Metric {
  return ofTable.with({
    dimensionsMap: { ...ofTable.dimensions, GlobalSecondaryIndexName: name },
  });
}
