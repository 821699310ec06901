import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { SQSClient } from '@aws-sdk/client-sqs';
import { resourceNames } from '../shared/resource-names.ts';
import type { HistoryLevel } from '../shared/setting-values.ts';
import {
  type LocalAlerts,
  type LocalAlertsOptions,
  type LocalParts,
  startLocalAlerts,
} from './alerts/local-alerts.ts';
import { startCloudFormationLocal } from './engines/cloudformation-local.ts';
import { startDynamoDbLocal } from './engines/dynamodb-local.ts';
import { LOCAL, useLocalEngines } from './engines/environment.ts';
import { type OnEvent, startEventBusLocal } from './engines/event-bus-local.ts';
import { startSqsLocal } from './engines/sqs-local.ts';
import type { Handler } from './event-source.ts';
import { createQueues, createTables, type Delivery, enableTimeToLive } from './provision.ts';
import { keepGivenUp, StreamSource } from './stream-source.ts';
import {
  functionSettings,
  nameFunctions,
  type References,
  resolveOutputs,
  STACK_NAME,
  streamSourceSettings,
  synthesize,
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
  /** Turns alerts on. */
  readonly alerts?: LocalAlertsOptions | undefined;
  readonly signal: AbortSignal;
}

const NAMES = resourceNames();

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
  /** `undefined` where there are none. */
  readonly alerts: LocalAlerts | undefined;
  /** Rejects if an engine exits unexpectedly. */
  readonly ended: Promise<never>;
}

/** What publishes events. */
export interface LocalEvents {
  /** Of the event bus. */
  readonly endpoint: string;
  readonly source: StreamSource;
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
  const { delivery, history = 'off', onEvent, alerts, signal } = options;
  await using started = new AsyncDisposableStack();

  const sqsLocal = started.use(await startSqsLocal(options.sqsPort));
  const starting = startDynamoDbLocal({ port: options.dynamoDbPort, shared: true, signal });
  started.defer(async () => (await starting.catch(() => undefined))?.[Symbol.asyncDispose]());
  const events = onEvent === undefined ? 'off' : 'on';
  const synthesizing = synthesize({
    ...{ rendering: 'on', history, events },
    ...(alerts && alertSettings(alerts)),
  });
  started.defer(async () => void (await synthesizing.catch(() => undefined)));
  const [dynamoDbLocal, template] = await Promise.all([starting, synthesizing]);

  useLocalEngines(dynamoDbLocal.endpoint);
  const sqs = new SQSClient({ ...LOCAL, endpoint: sqsLocal.endpoint });
  const dynamoDb = new DynamoDBClient({ ...LOCAL, endpoint: dynamoDbLocal.endpoint });
  const references: References = new Map();
  await createTables(template, dynamoDb, references);
  await enableTimeToLive(template, dynamoDb);
  await createQueues(template, sqs, sqsLocal.endpoint, delivery, references);
  if (alerts) nameFunctions(template, references, [NAMES.alerts, NAMES.alertSender]);
  const outputs = resolveOutputs(template, references);

  const { environment, timeout } = functionSettings(template, references);
  Object.assign(process.env, environment);
  const { handler }: { handler: Handler } = await import('../ingest/handler.ts');
  const parts = {
    ...{ template, references, sqs, sqsEndpoint: sqsLocal.endpoint },
    streams: new DynamoDBStreamsClient({ ...LOCAL, endpoint: dynamoDbLocal.endpoint }),
  };
  const publishing = onEvent && started.use(await startEvents(parts, onEvent));
  const alerting = alerts && started.use(await startLocalAlerts(alerts, parts));
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
    alerts: alerting,
    ended: dynamoDbLocal.ended,
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

/** The stack checks the alerts without their channels, which may have URLs here. */
function alertSettings({ file, digestSeconds }: LocalAlertsOptions) {
  const alerts = file.written.map((entry) => ({ ...entry, to: ['log'] }));
  return { alerts, alertDigestSeconds: digestSeconds };
}

/** Starts the event bus, and loads the function that publishes to it. */
async function startEvents(
  { template, references, sqs, streams }: LocalParts,
  onEvent: OnEvent,
): Promise<LocalEvents & AsyncDisposable> {
  const bus = await startEventBusLocal(onEvent);
  process.env.AWS_ENDPOINT_URL_EVENTBRIDGE = bus.endpoint;
  const settings = streamSourceSettings(template, references, NAMES.events, NAMES.unsentEvents);
  Object.assign(process.env, settings.environment);
  const { handler } = await import('../events/events-handler.ts');
  const source = new StreamSource({
    ...settings,
    streams,
    handler,
    onGivenUp: keepGivenUp(sqs, settings.givenUpUrl),
    now: Date.now,
  });
  return { ...bus, source };
}
