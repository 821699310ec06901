import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  type EventSourceMapping,
  type IFunction,
  Function as LambdaFunction,
  LoggingFormat,
  MetricType,
  Runtime,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Names } from '../../src/shared/resource-names.ts';
import type { Configuration } from '../configuration.ts';
import { TIMEOUT } from './delivery.ts';
import { HANDLER } from './function-bundle.ts';
import { functionCode } from './function-code.ts';
import type { NotificationQueues } from './queues.ts';
import type { NotificationTables } from './tables.ts';

export interface IngesterProps {
  readonly configuration: Configuration;
  readonly names: Names;
  readonly queues: NotificationQueues;
  readonly tables: NotificationTables;
}

/** The function that stores the queue's messages, with its role, log group, and event source. */
export class Ingester extends Construct {
  readonly function: IFunction;
  readonly source: EventSourceMapping;
  readonly logGroup: LogGroup;

  constructor(scope: Construct, id: string, props: IngesterProps) {
    super(scope, id);
    const { configuration, names, queues, tables } = props;

    this.logGroup = new LogGroup(this, 'Logs', {
      logGroupName: names.logGroup,
      retention: configuration.logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.function = new LambdaFunction(this, 'Function', {
      functionName: names.name,
      description: 'Stores the newest notification of each Deadline job and task',
      code: functionCode(HANDLER),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: configuration.memoryMiB,
      timeout: TIMEOUT,
      role: this.#role(queues, tables),
      logGroup: this.logGroup,
      loggingFormat: LoggingFormat.JSON,
      environment: {
        JOB_TABLE_NAME: tables.jobs.tableName,
        TASK_TABLE_NAME: tables.tasks.tableName,
        NEWEST_BY: configuration.newestBy,
        ...(configuration.retentionDays && {
          RETENTION_DAYS: String(configuration.retentionDays),
        }),
        ...(configuration.emptyFields === 'omit' && { EMPTY_FIELDS: configuration.emptyFields }),
        ...(configuration.rendering === 'on' && { RENDERING: configuration.rendering }),
        ...(tables.history && {
          HISTORY: configuration.history,
          HISTORY_DAYS: String(configuration.historyDays),
          HISTORY_TABLE_NAME: tables.history.tableName,
        }),
        POWERTOOLS_SERVICE_NAME: names.name,
      },
    });
    this.source = this.function.addEventSourceMapping('Source', {
      eventSourceArn: queues.notifications.queueArn,
      batchSize: configuration.batchSize,
      maxBatchingWindow: Duration.seconds(configuration.batchingWindowSeconds),
      // Not reserved concurrency: throttled invocations would turn valid messages into dead letters.
      maxConcurrency: configuration.maxConcurrency,
      reportBatchItemFailures: true,
      metricsConfig: { metrics: [MetricType.EVENT_COUNT] },
    });
  }

  /** A role with only the permissions that the function needs, and that Lambda needs to run it. */
  #role(queues: NotificationQueues, { jobs, tasks, history }: NotificationTables): Role {
    const { notifications, key } = queues;
    const statements = [
      new PolicyStatement({
        actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
        resources: [notifications.queueArn],
      }),
      new PolicyStatement({
        actions: ['dynamodb:BatchGetItem', 'dynamodb:PartiQLInsert', 'dynamodb:PartiQLUpdate'],
        resources: [jobs.tableArn, tasks.tableArn],
      }),
      new PolicyStatement({
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [this.logGroup.logGroupArn],
      }),
    ];
    if (history) {
      statements.push(
        new PolicyStatement({
          actions: ['dynamodb:BatchWriteItem'],
          resources: [history.tableArn],
        }),
      );
    }
    if (key) {
      statements.push(new PolicyStatement({ actions: ['kms:Decrypt'], resources: [key.keyArn] }));
    }
    return new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      inlinePolicies: { Ingest: new PolicyDocument({ statements }) },
    });
  }
}
