import { Duration, RemovalPolicy, Stack, Token, Validations } from 'aws-cdk-lib';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import {
  Architecture,
  type EventSourceMapping,
  FilterCriteria,
  FilterRule,
  type IFunction,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  StartingPosition,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Names } from '../../src/shared/resource-names.ts';
import { REDELIVERY_HOURS } from '../../src/shared/setting-values.ts';
import type { Configuration } from '../configuration.ts';
import { RETENTION, TIMEOUT } from '../pipeline/delivery.ts';
import { EVENTS_HANDLER } from '../pipeline/function-bundle.ts';
import { functionCode } from '../pipeline/function-code.ts';
import { encryption } from '../pipeline/queues.ts';

export interface EventPublisherProps {
  readonly configuration: Configuration;
  readonly names: Names;
  /** Encrypts the queue of unsent events; `undefined` for SQS's own key. */
  readonly key: IKey | undefined;
  /** The history, with its stream. */
  readonly history: TableV2;
}

/**
 * The function that publishes the history's new entries as events, with its role, log group, event source, and
 * the queue for what was given up.
 */
export class EventPublisher extends Construct {
  readonly function: IFunction;
  readonly source: EventSourceMapping;
  readonly logGroup: LogGroup;
  /** The stream positions of events that were not published in time. */
  readonly unsent: Queue;
  readonly eventBusArn: string;

  constructor(scope: Construct, id: string, props: EventPublisherProps) {
    super(scope, id);
    const { configuration, names, history } = props;
    const { eventBus, farmId, queueId } = configuration;

    this.eventBusArn = eventBusArn(this, eventBus);
    this.unsent = new Queue(this, 'Unsent', {
      ...encryption(props.key),
      queueName: names.unsentEvents,
      enforceSSL: true,
      retentionPeriod: RETENTION,
    });
    Validations.of(this.unsent).acknowledge({
      id: 'AwsSolutions::AwsSolutions-SQS3',
      reason: 'Nothing receives from it but people: it is where Lambda puts what it gave up.',
    });
    this.logGroup = new LogGroup(this, 'Logs', {
      logGroupName: names.eventsLogGroup,
      retention: configuration.logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.function = new LambdaFunction(this, 'Function', {
      functionName: names.events,
      description: 'Publishes what became of Deadline jobs and tasks as events',
      code: functionCode(EVENTS_HANDLER),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: 256,
      timeout: TIMEOUT,
      role: this.#role(props),
      logGroup: this.logGroup,
      loggingFormat: LoggingFormat.JSON,
      environment: {
        ...(eventBus !== undefined && { EVENT_BUS_NAME: eventBus }),
        ...(farmId !== undefined && { FARM_ID: farmId }),
        ...(queueId !== undefined && { QUEUE_ID: queueId }),
        POWERTOOLS_SERVICE_NAME: names.events,
      },
    });
    this.source = this.function.addEventSourceMapping('Source', {
      eventSourceArn: history.tableStreamArn as string,
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: 100,
      maxBatchingWindow: Duration.seconds(1),
      // Entries that expire are as many as those that come: they do not invoke the function.
      filters: [FilterCriteria.filter({ eventName: FilterRule.isEqual('INSERT') })],
      reportBatchItemFailures: true,
      bisectBatchOnError: true,
      // Half of what a stream keeps.
      maxRecordAge: Duration.hours(REDELIVERY_HOURS),
      // Not `SqsDlq`, which adds a policy beside the role's own.
      onFailure: { bind: () => ({ destination: this.unsent.queueArn }) },
    });
  }

  /** A role with only the permissions that the function needs, and that Lambda needs to run it. */
  #role({ history, key }: EventPublisherProps): Role {
    const statements = [
      new PolicyStatement({ actions: ['events:PutEvents'], resources: [this.eventBusArn] }),
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
      new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [this.unsent.queueArn] }),
      new PolicyStatement({
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [this.logGroup.logGroupArn],
      }),
    ];
    if (key) {
      const actions = ['kms:GenerateDataKey', 'kms:Decrypt'];
      statements.push(new PolicyStatement({ actions, resources: [key.keyArn] }));
    }
    return new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      inlinePolicies: { Publish: new PolicyDocument({ statements }) },
    });
  }
}

/** The ARN of a bus. A token counts as a name. */
function eventBusArn(scope: Construct, eventBus = 'default'): string {
  if (!Token.isUnresolved(eventBus) && eventBus.startsWith('arn:')) return eventBus;
  return Stack.of(scope).formatArn({
    service: 'events',
    resource: 'event-bus',
    resourceName: eventBus,
  });
}
