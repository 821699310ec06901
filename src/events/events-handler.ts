import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { Context, DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { ONCE, quiet } from '../shared/function-clients.ts';
import { functionLogger } from '../shared/function-logger.ts';
import { retryUntil } from '../shared/retry.ts';
import { readStreamEvent } from '../shared/stream-event.ts';
import { byTime } from '../shared/transition-order.ts';
import { EventBus } from './event-bus.ts';
import { toEventEntry } from './event-entry.ts';
import { readEventSettings } from './event-settings.ts';
import { publish } from './publish.ts';
import { reportEvents } from './report-events.ts';

/** Time reserved at the end of an invocation to report failures, in ms. */
const TIME_TO_REPORT = 1_000;

const rules = readEventSettings(process.env);
const logger = functionLogger();
const bus = new EventBus(quiet(new EventBridgeClient(ONCE)));

/**
 * Publishes the transitions of new entries of the history. Invoked by Lambda's event source for the stream of
 * the history's table.
 *
 * @returns the first record that is not published yet. Lambda invokes again from there on
 * @throws InvalidEvent if the event is not from a DynamoDB stream
 */
export async function handler(
  event: DynamoDBStreamEvent,
  context: Context,
): Promise<DynamoDBBatchResponse> {
  logger.setCorrelationId(context.awsRequestId);
  const records = readStreamEvent(event);
  const time = context.getRemainingTimeInMillis() - TIME_TO_REPORT;
  const signal = time > 0 ? AbortSignal.timeout(time) : AbortSignal.abort();
  // What is stored at once is in any order in the stream.
  const transitions = records.flatMap(({ transition }) => transition ?? []).sort(byTime);
  const entries = transitions.map((transition) => toEventEntry(transition, rules));
  const outcomes = await publish(entries, bus, retryUntil(signal));
  const outcomeOf = new Map(transitions.map((each, index) => [each, outcomes[index]]));
  const reported = records.map((record) => ({
    ...record,
    outcome: record.transition && outcomeOf.get(record.transition),
  }));
  return reportEvents(reported, logger);
}
