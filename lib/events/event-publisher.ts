import { Duration, Stack, Token } from 'aws-cdk-lib';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { EventSourceMapping, IFunction } from 'aws-cdk-lib/aws-lambda';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Names } from '../../src/shared/resource-names.ts';
import type { Configuration } from '../configuration.ts';
import { EVENTS_HANDLER } from '../pipeline/function-bundle.ts';
import { functionCode } from '../pipeline/function-code.ts';
import {
  addHistorySource,
  givenUpQueue,
  historySourceStatements,
} from '../pipeline/history-source.ts';
import { addSmallFunction } from '../pipeline/small-function.ts';

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
    const { configuration, names, history, key } = props;
    const { eventBus, farmId, queueId } = configuration;

    this.eventBusArn = eventBusArn(this, eventBus);
    this.unsent = givenUpQueue(this, 'Unsent', { queueName: names.unsentEvents, key });
    const { function: lambda, logGroup } = addSmallFunction(this, {
      configuration,
      functionName: names.events,
      logGroupName: names.eventsLogGroup,
      description: 'Publishes what became of Deadline jobs and tasks as events',
      code: functionCode(EVENTS_HANDLER),
      environment: {
        ...(eventBus !== undefined && { EVENT_BUS_NAME: eventBus }),
        ...(farmId !== undefined && { FARM_ID: farmId }),
        ...(queueId !== undefined && { QUEUE_ID: queueId }),
      },
      policyName: 'Publish',
      statements: [
        new PolicyStatement({ actions: ['events:PutEvents'], resources: [this.eventBusArn] }),
        ...historySourceStatements({ history, givenUp: this.unsent }),
      ],
      key,
    });
    this.function = lambda;
    this.logGroup = logGroup;
    this.source = addHistorySource(lambda, {
      history,
      givenUp: this.unsent,
      batchSize: 100,
      window: Duration.seconds(1),
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
