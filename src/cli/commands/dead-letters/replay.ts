import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ingest } from '../../../ingest/ingest.ts';
import { retryUntil } from '../../../ingest/store/retry.ts';
import { TableClient } from '../../../ingest/store/table-client.ts';
import { MAX_KEYS } from '../../../ingest/store/tables.ts';
import { toRecord } from '../../../shared/sqs-record.ts';
import { EXIT } from '../../../terminal/exit-codes.ts';
import { withBar } from '../../../terminal/progress.ts';
import { DeadLetterQueue } from '../../aws/dead-letter-queue.ts';
import { functionRules, readStackOutputs, type StackOutputs } from '../../aws/stack-outputs.ts';
import { type DeadLetter, deadLetterCells, describeDeadLetter } from '../../dead-letter.ts';
import { pagesOf } from '../../iterate.ts';
import { jsonLine, print } from '../../output.ts';
import type { Session } from '../../session.ts';

/** Time to store a batch, in ms: about that of an invocation. */
const TIME = 30_000;

interface Replayed {
  written: number;
  /** Not newer than the row or than another dead letter. */
  notNewer: number;
  /** The dead letters that stay in the queue. */
  readonly left: DeadLetter[];
}

/** Stores the dead letters that can now be stored, and deletes them from their queue. */
export async function replay(session: Session): Promise<number> {
  const { stackName, account, signal, utc } = session;
  const stack = await readStackOutputs(stackName, account, signal);
  await using queue = new DeadLetterQueue(account, stack.DeadLetterQueueUrl);
  const total = await queue.count(signal);
  const replayed = await withBar('messages', total, (onDone) =>
    replayAll(queue, stack, session, onDone),
  );
  const { written, notNewer, left } = replayed;
  if (session.json) console.log(jsonLine(replayed));
  else {
    console.log(`${written} written, ${notNewer} not newer than their rows, ${left.length} left.`);
    await print(left, (letter) => deadLetterCells(letter, utc), session);
  }
  const note = queue.unseenNote;
  if (note !== undefined) console.error(note);
  return left.length > 0 || note !== undefined ? EXIT.failure : 0;
}

/**
 * Stores dead letters as the function would have, with their original send times, and deletes those that
 * are stored or not newer. Stops early if the tables cannot be reached.
 *
 * @param onDone called with the number of messages processed since the last call, whatever the outcome
 */
async function replayAll(
  queue: DeadLetterQueue,
  stack: StackOutputs,
  { account, signal }: Session,
  onDone: (count: number) => void,
): Promise<Replayed> {
  const dynamoDb = new DynamoDBClient({ ...account, maxAttempts: 1 });
  const tables = new TableClient(dynamoDb, { job: stack.JobTableName, task: stack.TaskTableName });
  const rules = functionRules(stack);
  const replayed: Replayed = { written: 0, notNewer: 0, left: [] };
  for await (const messages of pagesOf(MAX_KEYS, queue.receive(signal))) {
    const records = messages.map((message) => toRecord(message, queue.url));
    const time = AbortSignal.any([signal, AbortSignal.timeout(TIME)]);
    const { outcomes } = await ingest(records, tables, rules, retryUntil(time));

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
    if (time.aborted) break;
  }
  return replayed;
}
