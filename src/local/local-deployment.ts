import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { HistoryLevel } from '../shared/setting-values.ts';
import { startCloudFormationLocal } from './engines/cloudformation-local.ts';
import { startDynamoDbLocal } from './engines/dynamodb-local.ts';
import { LOCAL, useLocalEngines } from './engines/environment.ts';
import { type OnEvent, startEventBusLocal } from './engines/event-bus-local.ts';
import { startSqsLocal } from './engines/sqs-local.ts';
import type { Handler } from './event-source.ts';
import { createQueues, createTables, type Delivery, enableTimeToLive } from './provision.ts';
import type { StreamHandler } from './stream-source.ts';
import {
  functionSettings,
  type References,
  resolveOutputs,
  STACK_NAME,
  type StreamSourceSettings,
  streamSourceSettings,
  synthesize,
  type Template,
} from './template.ts';

export interface LocalDeploymentOptions {
  /** Ports to listen on; 0 for any that is free. */
  readonly sqsPort: number;
  readonly dynamoDbPort: number;
  readonly cloudFormationPort?: number;
  readonly delivery: Delivery;
  /** Default: off. */
  readonly history?: HistoryLevel;
  /** Turns events on, and gets each. */
  readonly onEvent?: OnEvent | undefined;
  readonly signal: AbortSignal;
}

/** The stack on this machine, with its outputs. */
export interface LocalDeployment extends AsyncDisposable {
  readonly queueUrl: string;
  readonly deadLetterQueueUrl: string;
  readonly jobTableName: string;
  readonly taskTableName: string;
  readonly sqsEndpoint: string;
  readonly dynamoDbEndpoint: string;
  readonly cloudFormationEndpoint: string;
  readonly sqs: SQSClient;
  readonly dynamoDb: DynamoDBClient;
  readonly handler: Handler;
  /** The timeout of an invocation, in ms. */
  readonly timeout: number;
  /** `undefined` where events are off. */
  readonly events: LocalEvents | undefined;
  /** Rejects if an engine exits unexpectedly. */
  readonly ended: Promise<never>;
}

/** What publishes events. */
export interface LocalEvents extends StreamSourceSettings {
  readonly endpoint: string;
  readonly streams: DynamoDBStreamsClient;
  readonly handler: StreamHandler;
}

/**
 * Starts the stack's parts on this machine: SQS, DynamoDB, and the function, but not the event source that
 * connects them.
 *
 * @throws CannotStart if a part does not start; parts already started are stopped
 */
export async function startLocalDeployment(
  options: LocalDeploymentOptions,
): Promise<LocalDeployment> {
  const { delivery, history = 'off', onEvent, signal } = options;
  await using started = new AsyncDisposableStack();

  const sqsLocal = started.use(await startSqsLocal(options.sqsPort));
  const starting = startDynamoDbLocal({ port: options.dynamoDbPort, shared: true, signal });
  started.defer(async () => (await starting.catch(() => undefined))?.[Symbol.asyncDispose]());
  const events = onEvent === undefined ? 'off' : 'on';
  const synthesizing = synthesize({ rendering: 'on', history, events });
  started.defer(async () => void (await synthesizing.catch(() => undefined)));
  const [dynamoDbLocal, template] = await Promise.all([starting, synthesizing]);

  useLocalEngines(dynamoDbLocal.endpoint);
  const sqs = new SQSClient({ ...LOCAL, endpoint: sqsLocal.endpoint });
  const dynamoDb = new DynamoDBClient({ ...LOCAL, endpoint: dynamoDbLocal.endpoint });
  const references: References = new Map();
  await createTables(template, dynamoDb, references);
  await enableTimeToLive(template, dynamoDb);
  await createQueues(template, sqs, sqsLocal.endpoint, delivery, references);
  const outputs = resolveOutputs(template, references);

  const { environment, timeout } = functionSettings(template, references);
  Object.assign(process.env, environment);
  const { handler }: { handler: Handler } = await import('../ingest/handler.ts');
  const publishing =
    onEvent &&
    started.use(await startEvents(template, references, dynamoDbLocal.endpoint, onEvent));
  const cloudFormation = started.use(
    await startCloudFormationLocal(STACK_NAME, outputs, options.cloudFormationPort),
  );

  const running = started.move();
  return {
    queueUrl: outputs.QueueUrl ?? '',
    deadLetterQueueUrl: outputs.DeadLetterQueueUrl ?? '',
    jobTableName: outputs.JobTableName ?? '',
    taskTableName: outputs.TaskTableName ?? '',
    sqsEndpoint: sqsLocal.endpoint,
    dynamoDbEndpoint: dynamoDbLocal.endpoint,
    cloudFormationEndpoint: cloudFormation.endpoint,
    sqs,
    dynamoDb,
    handler,
    timeout,
    events: publishing,
    ended: dynamoDbLocal.ended,
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

/** Starts the event bus, and loads the function that publishes to it. */
async function startEvents(
  template: Template,
  references: References,
  dynamoDbEndpoint: string,
  onEvent: OnEvent,
): Promise<LocalEvents & AsyncDisposable> {
  const bus = await startEventBusLocal(onEvent);
  process.env.AWS_ENDPOINT_URL_EVENTBRIDGE = bus.endpoint;
  const settings = streamSourceSettings(template, references);
  Object.assign(process.env, settings.environment);
  const { handler } = await import('../events/events-handler.ts');
  const streams = new DynamoDBStreamsClient({ ...LOCAL, endpoint: dynamoDbEndpoint });
  return { ...settings, ...bus, streams, handler };
}
