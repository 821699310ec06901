import { setTimeout } from 'node:timers/promises';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { SSMClient } from '@aws-sdk/client-ssm';
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { ONCE, quiet, REQUESTS } from '../shared/function-clients.ts';
import { functionLogger } from '../shared/function-logger.ts';
import type { SendAnswer, SendRequest } from './message/channel-message.ts';
import { paceOf } from './send/channel-pace.ts';
import { MailTopics } from './send/mail-topics.ts';
import { ParameterStore } from './send/parameter-store.ts';
import { Sender } from './send/sender.ts';
import { SenderQueue } from './send/sender-queue.ts';
import { readSenderSettings } from './sender-settings.ts';

/** How long a webhook has to answer, in ms. */
const TIMEOUT = 10_000;

const settings = readSenderSettings(process.env);
const logger = functionLogger();
const sns = new Map<string, SNSClient>();
const sender = new Sender({
  senders: {
    secrets: new ParameterStore(quiet(new SSMClient(ONCE)), Date.now),
    mail: new MailTopics(snsOf, settings.emailTopicPrefix),
    log: ({ level, message = 'alert', ...fields }) =>
      logger[level === 'WARN' ? 'warn' : 'info'](String(message), fields),
    slackHosts: settings.slackHosts,
    isLocal: false,
    timeout: TIMEOUT,
    now: Date.now,
  },
  queue: new SenderQueue(
    // Otherwise AWS_ENDPOINT_URL_SQS would count for nothing.
    quiet(new SQSClient({ requestHandler: REQUESTS, useQueueUrlAsEndpoint: false })),
    settings.queueUrl,
    settings.unsentUrl,
  ),
  logger,
  pace: paceOf,
  sleep: setTimeout,
  random: Math.random,
});

/**
 * Sends messages of alerts. Invoked by Lambda's event source for their queue, and by the command line.
 *
 * @returns the batch item failures, or what became of each message that the command line asked to send
 * @throws InvalidEvent if the event is neither from SQS nor a request
 */
export async function handler(
  event: SQSEvent | SendRequest,
  context: Context,
): Promise<SQSBatchResponse | SendAnswer> {
  logger.setCorrelationId(context.awsRequestId);
  return 'ask' in event ? sender.answer(event, context) : sender.deliver(event, context);
}

/** A topic is published to in its own region. */
function snsOf(region: string): SNSClient {
  const client = sns.get(region) ?? quiet(new SNSClient({ ...ONCE, region }));
  sns.set(region, client);
  return client;
}
