import { Duration, Stack } from 'aws-cdk-lib';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { EventSourceMapping, IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { type Names, resourceNames } from '../../src/shared/resource-names.ts';
import type { Configuration } from '../configuration.ts';
import { ALERTS_HANDLER } from '../pipeline/function-bundle.ts';
import { functionCode } from '../pipeline/function-code.ts';
import { addHistorySource, historySourceStatements } from '../pipeline/history-source.ts';
import { addSmallFunction } from '../pipeline/small-function.ts';
import type { NotificationTable } from '../pipeline/tables.ts';
import type { AlertQueues } from './alert-queues.ts';

export interface AlertMakerProps {
  readonly configuration: Configuration;
  readonly names: Names;
  readonly queues: AlertQueues;
  readonly jobs: NotificationTable;
  /** The history, with its stream. */
  readonly history: TableV2;
}

/** The function that makes messages of what is new in the history, with its event source. */
export class AlertMaker extends Construct {
  readonly function: IFunction;
  readonly source: EventSourceMapping;

  constructor(scope: Construct, id: string, props: AlertMakerProps) {
    super(scope, id);
    const { configuration, names, queues, jobs, history } = props;
    const { stackName } = Stack.of(this);
    const { function: lambda } = addSmallFunction(this, {
      configuration,
      functionName: names.alerts,
      logGroupName: names.alertsLogGroup,
      description: 'Makes messages of what became of Deadline jobs and tasks',
      code: functionCode(ALERTS_HANDLER, { 'alerts.json': JSON.stringify(configuration.alerts) }),
      environment: {
        JOB_TABLE_NAME: jobs.tableName,
        HISTORY_TABLE_NAME: history.tableName,
        ALERT_QUEUE_URL: queues.messages.queueUrl,
        TIME_ZONE: configuration.alertTimeZone,
        ...(stackName !== resourceNames().name && { STACK_NAME: stackName }),
      },
      policyName: 'Alert',
      statements: [
        ...historySourceStatements({ history, givenUp: queues.unread }),
        new PolicyStatement({ actions: ['dynamodb:BatchGetItem'], resources: [jobs.tableArn] }),
        new PolicyStatement({ actions: ['dynamodb:Query'], resources: [history.tableArn] }),
        new PolicyStatement({
          actions: ['sqs:SendMessage'],
          resources: [queues.messages.queueArn],
        }),
      ],
      key: queues.key,
    });
    this.function = lambda;
    this.source = addHistorySource(lambda, {
      history,
      givenUp: queues.unread,
      batchSize: 10_000,
      // With more than ten records a batch, Lambda takes no shorter one (API reference, CreateEventSourceMapping).
      window: Duration.seconds(Math.max(1, configuration.alertDigestSeconds)),
    });
  }
}
