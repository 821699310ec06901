import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { Context, DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { ONCE, quiet } from '../shared/function-clients.ts';
import { functionLogger } from '../shared/function-logger.ts';
import { retryUntil } from '../shared/retry.ts';
import { readStreamEvent } from '../shared/stream-event.ts';
import { lookupsIn } from './alert-lookups.ts';
import { AlertQueue } from './alert-queue.ts';
import { readAlertSettings } from './alert-settings.ts';
import { answerAbout } from './alerts-answer.ts';
import type { AlertsAnswer, AlertsRequest, SamplesAnswer } from './message/channel-message.ts';
import { reportAlerts } from './report-alerts.ts';
import { tell } from './tell.ts';

/** Time reserved at the end of an invocation to report failures, in ms. */
const TIME_TO_REPORT = 1_000;

const { alerts, tables, queueUrl, ...view } = readAlertSettings(process.env);
const logger = functionLogger();
const dynamoDb = quiet(new DynamoDBClient(ONCE));
const queue = new AlertQueue(quiet(new SQSClient(ONCE)), queueUrl);

/**
 * Puts the messages of alerts about new entries of the history into the queue of the function that sends them.
 * Invoked by Lambda's event source for the stream of the history's table; by the command line with a request.
 *
 * @returns the first record, if not all messages are in the queue: Lambda invokes again with all of them. To a
 *   request, its answer
 * @throws InvalidEvent if the event is neither from a DynamoDB stream nor a request
 * @throws NotFound if a request names no alert
 */
export async function handler(
  event: DynamoDBStreamEvent | AlertsRequest,
  context: Context,
): Promise<DynamoDBBatchResponse | AlertsAnswer | SamplesAnswer> {
  const now = Date.now();
  if (isRequest(event)) return answerAbout(event, alerts, { ...view, now });
  return tellAt(event, context, now);
}

/**
 * The same for an event of the stream, at any time.
 *
 * @param now by which transitions are late, in ms since the epoch
 */
export async function tellAt(
  event: DynamoDBStreamEvent,
  context: Context,
  now: number,
): Promise<DynamoDBBatchResponse> {
  logger.setCorrelationId(context.awsRequestId);
  const records = readStreamEvent(event);
  const time = context.getRemainingTimeInMillis() - TIME_TO_REPORT;
  const retry = retryUntil(time > 0 ? AbortSignal.timeout(time) : AbortSignal.abort());
  const transitions = records.flatMap(({ transition }) => transition ?? []);
  const lookups = lookupsIn(dynamoDb, tables, retry);
  const outcome = await tell(transitions, {
    alerts,
    view: { ...view, now },
    lookups,
    queue,
    retry,
  });
  return reportAlerts(records, outcome, logger);
}

function isRequest(event: DynamoDBStreamEvent | AlertsRequest): event is AlertsRequest {
  return event instanceof Object && 'ask' in event && /^(alerts|samples)$/.test(event.ask);
}
