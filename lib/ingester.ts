import { join } from 'node:path';
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, LoggingFormat, Runtime } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { NewestBy } from '../src/newest.ts';
import type { NotificationTables } from './tables.ts';

const ROOT = join(import.meta.dirname, '..');
const NAME = 'DeadlineNotifications';

const TIMEOUT = Duration.seconds(30);
const BATCHING_WINDOW = Duration.seconds(5);
const BATCH_SIZE = 500;
/** Of the event source, as reserved concurrency would send valid messages to the dead-letter queue. */
const MAX_CONCURRENCY = 10;

export interface IngesterProps {
  readonly queue: IQueue;
  readonly tables: NotificationTables;
  /** What makes one notification newer than another. */
  readonly newestBy: NewestBy;
}

/** The function that stores what arrives in the queue, and all that it needs. */
export class Ingester extends Construct {
  /**
   * How long a received message stays hidden: six times as long as the function may take, and the
   * batching window (AWS Lambda developer guide, "Creating and configuring an Amazon SQS event source
   * mapping").
   */
  static readonly VISIBILITY_TIMEOUT = Duration.seconds(
    6 * TIMEOUT.toSeconds() + BATCHING_WINDOW.toSeconds(),
  );

  constructor(scope: Construct, id: string, props: IngesterProps) {
    super(scope, id);
    const { queue, tables, newestBy } = props;

    const logGroup = new LogGroup(this, 'Logs', {
      logGroupName: `/aws/lambda/${NAME}`,
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const lambda = new NodejsFunction(this, 'Function', {
      functionName: NAME,
      description: 'Stores the newest notification of each Deadline job and task',
      entry: join(ROOT, 'src', 'handler.ts'),
      projectRoot: ROOT,
      depsLockFilePath: join(ROOT, 'package-lock.json'),
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: 512,
      timeout: TIMEOUT,
      role: this.#role(queue, tables, logGroup),
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      awsSdkConnectionReuse: false,
      environment: {
        JOB_TABLE_NAME: tables.jobs.tableName,
        TASK_TABLE_NAME: tables.tasks.tableName,
        NEWEST_BY: newestBy,
        POWERTOOLS_SERVICE_NAME: NAME,
        NODE_OPTIONS: '--enable-source-maps',
      },
      bundling: {
        format: OutputFormat.ESM,
        mainFields: ['module', 'main'],
        bundleAwsSDK: true,
        minify: true,
        sourceMap: true,
        sourcesContent: false,
      },
    });
    lambda.addEventSourceMapping('Source', {
      eventSourceArn: queue.queueArn,
      batchSize: BATCH_SIZE,
      maxBatchingWindow: BATCHING_WINDOW,
      maxConcurrency: MAX_CONCURRENCY,
      reportBatchItemFailures: true,
    });
  }

  /** Only what the function calls, and what Lambda calls for it. */
  #role(queue: IQueue, { jobs, tasks }: NotificationTables, logGroup: LogGroup): Role {
    const statements = [
      new PolicyStatement({
        actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
        resources: [queue.queueArn],
      }),
      new PolicyStatement({
        actions: ['dynamodb:BatchGetItem', 'dynamodb:PartiQLInsert', 'dynamodb:PartiQLUpdate'],
        resources: [jobs.tableArn, tasks.tableArn],
      }),
      new PolicyStatement({
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [logGroup.logGroupArn],
      }),
    ];
    return new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      inlinePolicies: { Ingest: new PolicyDocument({ statements }) },
    });
  }
}
