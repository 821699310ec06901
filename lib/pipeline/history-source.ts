import { Duration, Validations } from 'aws-cdk-lib';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import {
  type EventSourceMapping,
  FilterCriteria,
  FilterRule,
  type IFunction,
  StartingPosition,
} from 'aws-cdk-lib/aws-lambda';
import { type IQueue, Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { REDELIVERY_HOURS } from '../../src/shared/setting-values.ts';
import { RETENTION } from './delivery.ts';
import { encryption } from './queues.ts';

export interface HistorySourceProps {
  /** The history, with its stream. */
  readonly history: TableV2;
  /** Gets the positions in the stream of what was given up. */
  readonly givenUp: IQueue;
  readonly batchSize: number;
  readonly window: Duration;
}

/** Adds the event source that passes new entries of the history to a function. */
export function addHistorySource(
  lambda: IFunction,
  { history, givenUp, batchSize, window }: HistorySourceProps,
): EventSourceMapping {
  return lambda.addEventSourceMapping('Source', {
    eventSourceArn: history.tableStreamArn as string,
    startingPosition: StartingPosition.TRIM_HORIZON,
    batchSize,
    maxBatchingWindow: window,
    // Entries that expire are as many as those that come: they do not invoke the function.
    filters: [FilterCriteria.filter({ eventName: FilterRule.isEqual('INSERT') })],
    reportBatchItemFailures: true,
    bisectBatchOnError: true,
    // Half of what a stream keeps.
    maxRecordAge: Duration.hours(REDELIVERY_HOURS),
    // Not `SqsDlq`, which adds a policy beside the role's own.
    onFailure: { bind: () => ({ destination: givenUp.queueArn }) },
  });
}

/** What the role of a function with such a source allows. */
export function historySourceStatements({
  history,
  givenUp,
}: Pick<HistorySourceProps, 'history' | 'givenUp'>): PolicyStatement[] {
  return [
    new PolicyStatement({
      // Lambda refuses an event source whose role lacks one of them.
      actions: [
        'dynamodb:DescribeStream',
        'dynamodb:GetRecords',
        'dynamodb:GetShardIterator',
        'dynamodb:ListStreams',
      ],
      resources: [history.tableStreamArn as string],
    }),
    new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [givenUp.queueArn] }),
  ];
}

/** A queue for what such a source gives up. */
export function givenUpQueue(
  scope: Construct,
  id: string,
  { queueName, key }: { readonly queueName: string; readonly key: IKey | undefined },
): Queue {
  const queue = new Queue(scope, id, {
    ...encryption(key),
    queueName,
    enforceSSL: true,
    retentionPeriod: RETENTION,
  });
  Validations.of(queue).acknowledge({
    id: 'AwsSolutions::AwsSolutions-SQS3',
    reason: 'Nothing receives from it but people: it is where Lambda puts what it gave up.',
  });
  return queue;
}
