import { extname, join } from 'node:path';
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  type EventSourceMapping,
  type IFunction,
  LoggingFormat,
  MetricType,
  Runtime,
} from 'aws-cdk-lib/aws-lambda';
import {
  NodejsFunction,
  type NodejsFunctionProps,
  OutputFormat,
} from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Names } from '../../src/shared/resource-names.ts';
import type { Configuration } from '../configuration.ts';
import { TIMEOUT } from './delivery.ts';
import type { NotificationQueues } from './queues.ts';
import type { NotificationTables } from './tables.ts';

const ROOT = join(import.meta.dirname, '..', '..');

/**
 * Where the SDK looks for credentials that are not in the environment. Lambda puts those of the function's
 * role there, which is where it looks first.
 */
const OTHER_CREDENTIALS = [
  '@aws-sdk/credential-provider-http',
  '@aws-sdk/credential-provider-ini',
  '@aws-sdk/credential-provider-process',
  '@aws-sdk/credential-provider-sso',
  '@aws-sdk/credential-provider-web-identity',
  '@smithy/credential-provider-imds',
];

/** What the function's code is, and how it becomes one file that needs nothing else in Lambda. */
export const CODE = {
  entry: join(ROOT, 'src', 'ingest', `handler${extname(import.meta.filename)}`),
  projectRoot: ROOT,
  depsLockFilePath: import.meta.filename, // any file: nothing is installed for the bundle
  runtime: Runtime.NODEJS_24_X,
  bundling: {
    format: OutputFormat.CJS, // as an ES module that imports `http` loads Node.js's WebSockets, too
    mainFields: ['module', 'main'],
    externalModules: OTHER_CREDENTIALS,
    // Less to read at the start, with the names that a stack trace shows.
    esbuildArgs: { '--minify-whitespace': true, '--minify-syntax': true },
  },
} satisfies NodejsFunctionProps;

export interface IngesterProps {
  readonly configuration: Configuration;
  readonly names: Names;
  readonly queues: NotificationQueues;
  readonly tables: NotificationTables;
}

/** The function that stores what arrives in the queue, and all that it needs. */
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
    this.function = new NodejsFunction(this, 'Function', {
      functionName: names.name,
      description: 'Stores the newest notification of each Deadline job and task',
      ...CODE,
      architecture: Architecture.ARM_64,
      memorySize: configuration.memoryMiB,
      timeout: TIMEOUT,
      role: this.#role(queues, tables),
      logGroup: this.logGroup,
      loggingFormat: LoggingFormat.JSON,
      awsSdkConnectionReuse: false,
      environment: {
        JOB_TABLE_NAME: tables.jobs.tableName,
        TASK_TABLE_NAME: tables.tasks.tableName,
        NEWEST_BY: configuration.newestBy,
        ...(configuration.retentionDays && {
          RETENTION_DAYS: String(configuration.retentionDays),
        }),
        ...(configuration.emptyFields === 'omit' && { EMPTY_FIELDS: configuration.emptyFields }),
        POWERTOOLS_SERVICE_NAME: names.name,
      },
    });
    this.source = this.function.addEventSourceMapping('Source', {
      eventSourceArn: queues.notifications.queueArn,
      batchSize: configuration.batchSize,
      maxBatchingWindow: Duration.seconds(configuration.batchingWindowSeconds),
      // Not reserved concurrency, which would send valid messages to the dead-letter queue.
      maxConcurrency: configuration.maxConcurrency,
      reportBatchItemFailures: true,
      metricsConfig: { metrics: [MetricType.EVENT_COUNT] },
    });
  }

  /** Only what the function calls, and what Lambda calls for it. */
  #role({ notifications, key }: NotificationQueues, { jobs, tasks }: NotificationTables): Role {
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
    if (key) {
      statements.push(new PolicyStatement({ actions: ['kms:Decrypt'], resources: [key.keyArn] }));
    }
    return new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      inlinePolicies: { Ingest: new PolicyDocument({ statements }) },
    });
  }
}
