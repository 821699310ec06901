import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EntryTable } from '../../../ingest/history/entry-table.ts';
import { ingest } from '../../../ingest/ingest.ts';
import { TableClient } from '../../../ingest/store/table-client.ts';
import { quiet } from '../../../shared/function-clients.ts';
import { retryUntil } from '../../../shared/retry.ts';
import { toRecord } from '../../../shared/sqs-record.ts';
import { EXIT } from '../../../terminal/exit-codes.ts';
import { withBar } from '../../../terminal/progress.ts';
import { DeadLetterQueue } from '../../aws/dead-letter-queue.ts';
import { receivePages } from '../../aws/receive-dead-letters.ts';
import {
  functionRules,
  historyRules,
  readStackOutputs,
  type StackOutputs,
} from '../../aws/stack-outputs.ts';
import { callName } from '../../call-name.ts';
import { type DeadLetter, deadLettersView, describeDeadLetter } from '../../dead-letter.ts';
import { Listing } from '../../listing.ts';
import { jsonLine } from '../../output.ts';
import type { Session } from '../../session.ts';

/**
 * Dead letters stored at once by each receiver: two statement requests, so that all receivers together stay
 * below the 50 connections of the DynamoDB client.
 */
const PAGE = 50;
/** Dead letters that stay, shown in a table at most. */
const SHOWN = 100;

/** The outcome of a replay. */
export interface Replayed {
  written: number;
  /** Not newer than the row or than another dead letter. */
  notNewer: number;
  /** The dead letters that stay in the queue. */
  readonly left: DeadLetter[];
}

/**
 * Stores the dead letters that can now be stored, and deletes them from their queue.
 *
 * @param time to store a page of messages, in ms: about that of an invocation
 */
export async function replay(session: Session, time = 30_000): Promise<number> {
  const { stackName, account, signal, json } = session;
  const stack = await readStackOutputs(stackName, account, signal);
  await using queue = new DeadLetterQueue(account, stack.DeadLetterQueueUrl, signal);
  const total = await queue.count();
  const replayed = await withBar('messages', total, (onDone) =>
    replayAll(queue, stack, session, time, onDone),
  );
  if (json) console.log(jsonLine(replayed));
  else await tell(replayed, session);
  const { written, notNewer, left } = replayed;
  const note = queue.unprocessedNote(written + notNewer + left.length);
  if (note !== undefined) console.error(note);
  return left.length > 0 || note !== undefined ? EXIT.failure : 0;
}

async function tell({ written, notNewer, left }: Replayed, session: Session): Promise<void> {
  console.log(`${written} written, ${notNewer} not newer than their rows, ${left.length} left.`);
  await new Listing(deadLettersView(session), {}, session).print(left, {
    limit: SHOWN,
    moreText: () =>
      `These are ${SHOWN} of the ${left.length} left. To see all: ${callName()} dead-letters list --all`,
  });
}

/**
 * Stores dead letters as the function would have, with their original send times, and deletes those that
 * are stored or not newer. Several pages are in work at once: as each write depends on what was read, their
 * order does not matter. Stops early if the tables cannot be reached.
 *
 * @param onDone called with the number of messages processed since the last call, whatever the outcome
 */
export async function replayAll(
  queue: DeadLetterQueue,
  stack: StackOutputs,
  { account, signal }: Pick<Session, 'account' | 'signal'>,
  time: number,
  onDone: (count: number) => void,
): Promise<Replayed> {
  const dynamoDb = quiet(new DynamoDBClient({ ...account, maxAttempts: 1 }));
  const tables = new TableClient(dynamoDb, { job: stack.JobTableName, task: stack.TaskTableName });
  const rules = functionRules(stack);
  const entries = historyRules(stack);
  const table = entries && new EntryTable(dynamoDb, entries.tableName);
  const replayed: Replayed = { written: 0, notNewer: 0, left: [] };
  await receivePages(queue, PAGE, async (page) => {
    const records = page.map((message) => toRecord(message, queue.url));
    const within = (ms: number) => AbortSignal.any([signal, AbortSignal.timeout(ms)]);
    const until = within(time);
    const history = entries &&
      table && { ...entries, table, retry: retryUntil(within(Math.floor(time / 2))) };
    const { outcomes } = await ingest(records, tables, rules, retryUntil(until), history);

    const reasons = new Map<string, string>();
    for (const [index, { messageId }] of records.entries()) {
      const outcome = outcomes[index];
      if (outcome && 'reason' in outcome) reasons.set(messageId, outcome.reason);
      else if (outcome?.status === 'written') replayed.written += 1;
      else replayed.notNewer += 1;
    }
    const done = records.map(({ messageId }) => messageId).filter((id) => !reasons.has(id));
    for (const [id, problem] of await queue.delete(done)) {
      reasons.set(id, `processed, but SQS did not delete it: ${problem}`);
    }
    signal.throwIfAborted();
    for (const record of records) {
      const reason = reasons.get(record.messageId);
      if (reason !== undefined) replayed.left.push({ ...describeDeadLetter(record), reason });
    }
    onDone(records.length);
    return !until.aborted;
  });
  return replayed;
}
