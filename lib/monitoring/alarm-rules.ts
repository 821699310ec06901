import { Duration } from 'aws-cdk-lib';
import type { IMetric, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { COMMAND, type Names } from '../../src/shared/resource-names.ts';
import type { Configuration } from '../configuration.ts';
import { MAX_RECEIVE_COUNT, TIMEOUT, visibilityTimeout } from '../pipeline/delivery.ts';
import type { PipelineMetrics } from './pipeline-metrics.ts';

/** What sounds an alarm: so much of a metric, or so little, in each of some periods. */
export interface Rule {
  readonly metric: IMetric;
  readonly limit: { readonly atLeast: number } | { readonly lessThan: number };
  /** 1, unless said otherwise. */
  readonly periods?: number;
  /** Of how many, one after another; all of them, unless said otherwise. */
  readonly outOf?: number;
  /** What happened, and what to do. */
  readonly description: string;
}

export interface AlarmsProps {
  readonly configuration: Configuration;
  readonly names: Names;
  readonly metrics: PipelineMetrics;
  /** Of the stack, for the commands in the descriptions. */
  readonly stackName: string;
}

const minutes = (metric: Metric, count: number) => metric.with({ period: Duration.minutes(count) });

/** All alarms by their names. */
export function alarmRules(props: AlarmsProps): Record<string, Rule> {
  const { configuration, metrics, names, stackName } = props;
  const logs = `the log group ${names.logGroup}`;
  /** From one receive of a message to the next, in s. */
  const retry = visibilityTimeout(configuration).toSeconds() + configuration.batchingWindowSeconds;
  return {
    DeadLetters: {
      metric: metrics.deadLetters,
      limit: { atLeast: 1 },
      description:
        'Messages are in the dead-letter queue. See what they are and why: ' +
        `${COMMAND} dead-letters list --stack ${stackName}. Store those that can be stored by now: ` +
        `${COMMAND} dead-letters replay --stack ${stackName}. Do not redrive them with SQS.`,
    },
    Invalid: {
      // Longer than it takes from a message's first receive to its last: one alarm, not five.
      metric: minutes(metrics.invalid, Math.ceil((MAX_RECEIVE_COUNT * retry) / 60)),
      limit: { atLeast: 1 },
      description:
        'Messages came that are no notifications, or hold what DynamoDB cannot hold. They become dead ' +
        `letters; all others are stored. The reasons are in ${logs} as "Invalid message".`,
    },
    NotWritten: {
      // Not shorter than it takes until all are tried again.
      metric: minutes(metrics.notWritten, Math.max(5, Math.ceil(retry / 60))),
      limit: { atLeast: 1 },
      periods: 2,
      description:
        'Notifications are not stored in time, and SQS delivers them again; after five receives they ' +
        `are dead letters. The reasons are in ${logs} as notWrittenBecause.`,
    },
    OldestMessage: {
      // Of an invalid message SQS counts the age until its fourth receive (SQS developer guide,
      // "Available CloudWatch metrics"), and it has an alarm of its own.
      metric: metrics.oldest,
      limit: { atLeast: 3 * retry },
      periods: 2,
      description:
        'Notifications wait in the queue: the tables are behind the farm. Is the function invoked, ' +
        `throttled, or at its maximum concurrency? See the dashboard, and ${logs}.`,
    },
    FunctionErrors: {
      metric: minutes(metrics.errors, 5),
      limit: { atLeast: 1 },
      description:
        'The function failed, ran out of memory or out of time; SQS delivers its batches again. The ' +
        `error is in ${logs}. A setting that is missing or wrong is named there, too.`,
    },
    FunctionThrottles: {
      metric: minutes(metrics.throttles, 5),
      limit: { atLeast: 1 },
      periods: 2,
      description:
        "Lambda does not run the function, as the account's concurrency is used up by others; each try " +
        'counts as a receive. Ask AWS for a higher limit, or set reserved concurrency for those others.',
    },
    FunctionDuration: {
      metric: minutes(metrics.duration, 5),
      limit: { atLeast: 0.8 * TIMEOUT.toMilliseconds() },
      description:
        `An invocation took more than 80 % of its ${TIMEOUT.toSeconds()} s. Is DynamoDB slow or throttling? ` +
        'If not, give the function more memoryMiB or a smaller batchSize.',
    },
    TableThrottles: {
      // Not of each period: DynamoDB's counts come late, and the last minute is 0 until they do.
      metric: metrics.tableThrottles,
      limit: { atLeast: 1 },
      periods: 3,
      outOf: 6,
      description:
        'DynamoDB throttles requests to the tables, or writes to their indexes. A new table takes 4,000 ' +
        'writes a second and grows by itself; the index of failed tasks takes 1,000. If it lasts, see ' +
        'the limits of the table and of the account, and who else reads it.',
    },
    ...(configuration.silenceAlarmMinutes && {
      Silence: silence(metrics, configuration.silenceAlarmMinutes),
    }),
  };
}

function silence(metrics: PipelineMetrics, count: number): Rule {
  return {
    metric: minutes(metrics.sent, count),
    limit: { lessThan: 1 },
    description:
      `Deadline sent no notification for ${count} minutes. Is the farm idle? If not, see the Remote ` +
      "Connection Server's log, its AWS credentials, and the queue URL in Deadline Monitor.",
  };
}
