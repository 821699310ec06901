import type { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type { AlertsRequest, SendRequest } from '../../alerts/message/channel-message.ts';
import { paceOf } from '../../alerts/send/channel-pace.ts';
import { Sender } from '../../alerts/send/sender.ts';
import { SenderQueue } from '../../alerts/send/sender-queue.ts';
import { oneLine } from '../../shared/printable.ts';
import { resourceNames } from '../../shared/resource-names.ts';
import { type InvokedFunction, startLambdaLocal } from '../engines/lambda-local.ts';
import { invocationContext } from '../invocation-context.ts';
import { keepGivenUp, StreamSource } from '../stream-source.ts';
import {
  functionSettings,
  queueUrl,
  type References,
  streamSourceSettings,
  type Template,
} from '../template.ts';
import { type AlertsFile, hasUrl } from './alerts-file.ts';
import { type PrintMessage, startLocalSenders } from './local-senders.ts';
import type { SmtpServer } from './smtp-mail.ts';

export interface LocalAlertsOptions {
  readonly file: AlertsFile;
  /** How long transitions are gathered, in s. */
  readonly digestSeconds: number;
  readonly smtp: SmtpServer | undefined;
  readonly print: PrintMessage;
  /** Waits so many ms between two messages to a channel. */
  readonly sleep: (ms: number) => Promise<unknown>;
}

/** Where the stack's parts are. */
export interface LocalParts {
  readonly template: Template;
  readonly references: References;
  readonly sqs: SQSClient;
  readonly sqsEndpoint: string;
  readonly streams: DynamoDBStreamsClient;
}

/** What makes and sends the messages of alerts. */
export interface LocalAlerts extends AsyncDisposable {
  readonly alertNames: readonly string[];
  /** Where Lambda answers for both functions. */
  readonly lambdaEndpoint: string;
  /** Passes new entries of the history to the function that makes messages, when it is polled. */
  readonly source: StreamSource;
  /** By which that function gathers. A night has its own. */
  readonly clock: { now: () => number };
  /** How long that function gathers, in ms. */
  readonly window: number;
  /** The queue of messages, and the function that sends them. */
  readonly messages: {
    readonly queueUrl: string;
    readonly handler: (event: SQSEvent, context: Context) => Promise<SQSBatchResponse>;
    readonly timeout: number;
    readonly batchSize: 1;
    /** One for each channel, so that none holds up another. */
    readonly concurrency: number;
  };
}

const NAMES = resourceNames();

/** Starts what the stack has for alerts, but not what polls the stream and the queue. */
export async function startLocalAlerts(
  { file, smtp, print, sleep }: LocalAlertsOptions,
  { template, references, sqs, sqsEndpoint, streams }: LocalParts,
): Promise<LocalAlerts> {
  await using started = new AsyncDisposableStack();
  const senders = started.use(
    await startLocalSenders({ alerts: file.alerts, smtp, print, now: Date.now }),
  );
  const messagesUrl = queueUrl(template, references, NAMES.alertQueue);
  const sender = new Sender({
    senders,
    queue: new SenderQueue(sqs, messagesUrl, queueUrl(template, references, NAMES.unsentAlerts)),
    logger: { info() {}, warn: say, error: say },
    pace: (channel) => (isPosted(channel) ? paceOf(channel) : 0),
    sleep,
    random: Math.random,
  });

  const settings = streamSourceSettings(template, references, NAMES.alerts, NAMES.unreadAlerts);
  Object.assign(process.env, settings.environment, {
    ALERTS_FILE: file.path,
    ALERT_URLS: 'yes',
    AWS_ENDPOINT_URL_SQS: sqsEndpoint,
    TIME_ZONE: new Intl.DateTimeFormat().resolvedOptions().timeZone,
  });
  const { handler, tellAt } = await import('../../alerts/alerts-handler.ts');
  const clock = { now: Date.now };
  const source = new StreamSource({
    ...settings,
    streams,
    handler: (event, context) => tellAt(event, context, clock.now()),
    onGivenUp: keepGivenUp(sqs, settings.givenUpUrl),
    now: () => clock.now(),
  });
  const { timeout } = functionSettings(template, references, NAMES.alertSender);
  const functions = new Map<string, InvokedFunction>([
    [
      NAMES.alerts,
      (request) => handler(request as AlertsRequest, invocationContext(settings.timeout)),
    ],
    [
      NAMES.alertSender,
      (request) => sender.answer(request as SendRequest, invocationContext(timeout)),
    ],
  ]);
  const lambda = started.use(await startLambdaLocal(functions));

  const running = started.move();
  return {
    alertNames: file.alerts.map(({ name }) => name),
    lambdaEndpoint: lambda.endpoint,
    source,
    clock,
    window: settings.batchingWindow,
    messages: {
      queueUrl: messagesUrl,
      handler: (event, context) => sender.deliver(event, context),
      timeout,
      batchSize: 1,
      concurrency: new Set(file.alerts.flatMap(({ to }) => to.map(({ text }) => text))).size,
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

/** Whether messages of a channel are posted, as it has a URL, and not printed. */
function isPosted(channel: string): boolean {
  return hasUrl(channel.slice(channel.indexOf(':') + 1));
}

/** Says why a message is not sent. */
function say(what: unknown, ...[details]: readonly unknown[]): void {
  const { alert, channel, reason, message, seconds } = details as Readonly<Record<string, unknown>>;
  const where = channel === undefined ? '' : `, ${alert} to ${channel}`;
  const again = seconds === undefined ? '' : `; again in ${seconds} s`;
  console.error(oneLine(`${what}${where}: ${reason ?? message}${again}`));
}
