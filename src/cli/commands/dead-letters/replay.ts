import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Message } from '@aws-sdk/client-sqs';
import { ingest } from '../../../ingest/ingest.ts';
import { retryUntil } from '../../../ingest/store/retry.ts';
import { MAX_KEYS, TableClient } from '../../../ingest/store/table-client.ts';
import { toRecord } from '../../../shared/sqs-record.ts';
import type { DeadLetterQueue } from '../../aws/dead-letter-queue.ts';
import { rulesOf, type Stack } from '../../aws/stack-outputs.ts';
import { type DeadLetter, describe } from '../../dead-letter.ts';

/** How long to try to store a batch, in ms: about an invocation's time. */
const TIME = 30_000;

export interface Replayed {
  readonly written: number;
  /** Not newer than the row, or than another dead letter that was written. */
  readonly notNewer: number;
  /** What stays in the queue. */
  readonly left: DeadLetter[];
}

/**
 * Takes the messages of a dead-letter queue into the tables as the function would have, with the send
 * times that they still have there, and deletes those that are done with. It ends early when the
 * tables cannot be reached.
 *
 * @param onDone is told how many more are, whatever became of them
 */
export async function replay(
  queue: DeadLetterQueue,
  dynamoDb: DynamoDBClient,
  stack: Stack,
  onDone: (count: number) => void,
  signal: AbortSignal,
): Promise<Replayed> {
  const tables = new TableClient(dynamoDb, { job: stack.JobTableName, task: stack.TaskTableName });
  const rules = rulesOf(stack);
  const total = { written: 0, notNewer: 0, left: [] as DeadLetter[] };
  for await (const messages of pages(queue.receive(signal))) {
    const records = messages.map((message) => toRecord(message, queue.url));
    const time = AbortSignal.any([signal, AbortSignal.timeout(TIME)]);
    const { outcomes } = await ingest(records, tables, rules, retryUntil(time));

    const reasons = new Map<string, string>();
    for (const [index, { messageId }] of records.entries()) {
      const outcome = outcomes[index];
      if (outcome && 'reason' in outcome) reasons.set(messageId, outcome.reason);
      else if (outcome?.status === 'written') total.written += 1;
      else total.notNewer += 1;
    }
    const done = records.map(({ messageId }) => messageId).filter((id) => !reasons.has(id));
    for (const [id, problem] of await queue.delete(done)) {
      reasons.set(id, `done with, but SQS did not delete it: ${problem}`);
    }
    signal.throwIfAborted();
    for (const record of records) {
      const reason = reasons.get(record.messageId);
      if (reason !== undefined) total.left.push({ ...describe(record), reason });
    }
    onDone(records.length);
    if (time.aborted) break;
  }
  return total;
}

/** As many messages at a time as the tables read in one request. */
async function* pages(received: AsyncIterable<Message[]>): AsyncGenerator<Message[]> {
  let page: Message[] = [];
  for await (const messages of received) {
    page.push(...messages);
    if (page.length < MAX_KEYS) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}
