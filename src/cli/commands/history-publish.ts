import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { paginateScan } from '@aws-sdk/lib-dynamodb';
import { EventBus } from '../../events/event-bus.ts';
import { toEventEntry } from '../../events/event-entry.ts';
import { publish } from '../../events/publish.ts';
import { DeadlineNotificationsError, SettingOff } from '../../shared/errors.ts';
import { retryUntil } from '../../shared/retry.ts';
import { toTransition } from '../../shared/stream-event.ts';
import { EXIT } from '../../terminal/exit-codes.ts';
import { StatusLine } from '../../terminal/status-line.ts';
import { span } from '../../terminal/time.ts';
import { entriesIn } from '../aws/history-entries.ts';
import { rowClient } from '../aws/row-client.ts';
import { readStackOutputs, type StackOutputs } from '../aws/stack-outputs.ts';
import { jsonLine } from '../output.ts';
import type { Session } from '../session.ts';
import type { TimeSpan } from '../time-span.ts';

/** Attempts to read a page of the history while DynamoDB is busy. */
const ATTEMPTS = 20;

/** Time to publish a page of the history while EventBridge is busy, in ms. */
const PATIENCE = 60_000;

/**
 * Publishes the events of the history again: those of notifications whose own time is in a time span. Reads the
 * whole table, as it has no index by time; the events of a job are in order.
 *
 * @throws SettingOff if the stack publishes none
 */
export async function publishHistory(session: Session, timeSpan: TimeSpan): Promise<number> {
  const { stackName, account, signal, json } = session;
  const stack = await readStackOutputs(stackName, account, signal);
  const rules = eventRules(stack);
  const bus = new EventBus(new EventBridgeClient({ ...account, maxAttempts: 1 }));
  const dynamoDb = new DynamoDBClient({ ...account, maxAttempts: ATTEMPTS });
  const total = { read: 0, published: 0, invalid: 0 };
  using line = new StatusLine();
  const begin = performance.now();
  for await (const { Items = [], ScannedCount = 0 } of paginateScan(
    { client: rowClient(dynamoDb) },
    { TableName: stack.HistoryTableName, ...entriesIn(timeSpan) },
    { abortSignal: signal },
  )) {
    const transitions = Items.flatMap((item) => toTransition(item) ?? []);
    const entries = transitions.map((transition) => toEventEntry(transition, rules));
    const time = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE)]);
    const outcomes = await publish(entries, bus, retryUntil(time));
    signal.throwIfAborted();
    total.read += ScannedCount;
    for (const [index, outcome] of outcomes.entries()) {
      const { id, at } = transitions[index] as (typeof transitions)[number];
      if (outcome.status === 'published') total.published += 1;
      else if (outcome.status === 'unsent') {
        throw new DeadlineNotificationsError(
          `Stopped after ${total.published} events: EventBridge did not take the one of ${at} ` +
            `(${outcome.reason}). Run the command again once it does: events that were published come again, too.`,
        );
      } else {
        total.invalid += 1;
        line.say(`EventBridge does not take the event ${id}: ${outcome.reason}`);
      }
    }
    line.show(
      `${total.read} entries read, ${total.published} events published`,
      span(performance.now() - begin),
    );
  }
  line.clear();
  if (json) console.log(jsonLine(total));
  else console.log(`Entries in the history: ${total.read}. Events published: ${total.published}.`);
  return total.invalid > 0 ? EXIT.failure : 0;
}

function eventRules({ Events, EventBusArn, FarmId, QueueId }: StackOutputs) {
  if (Events === 'on') return { eventBus: EventBusArn, farmId: FarmId, queueId: QueueId };
  throw new SettingOff('The stack publishes no events. Set `events: on`, and deploy.');
}
