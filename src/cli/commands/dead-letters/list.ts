import { oneLine } from '../../../shared/printable.ts';
import { toRecord } from '../../../shared/sqs-record.ts';
import { withBar } from '../../../terminal/progress.ts';
import { DeadLetterQueue } from '../../aws/dead-letter-queue.ts';
import { functionRules, readStackOutputs } from '../../aws/stack-outputs.ts';
import { type DeadLetter, deadLetterCells, describeDeadLetter } from '../../dead-letter.ts';
import { print } from '../../output.ts';
import type { Session } from '../../session.ts';

/** Lists the dead letters, oldest first, and leaves them in the queue. */
export async function list(session: Session): Promise<number> {
  const { stackName, account, signal, utc } = session;
  const stack = await readStackOutputs(stackName, account, signal);
  const rules = functionRules(stack);
  await using queue = new DeadLetterQueue(account, stack.DeadLetterQueueUrl);
  const total = await queue.count(signal);
  const letters = await withBar('messages', total, async (onDone) => {
    const described: DeadLetter[] = [];
    for await (const message of queue.receive(signal)) {
      described.push(describeDeadLetter(toRecord(message, queue.url), rules));
      onDone(1);
    }
    return described;
  });
  letters.sort((a, b) => a.sent - b.sent);
  await print(letters, (letter) => deadLetterCells(letter, utc), session);
  if (letters.length === 0) console.error(oneLine(`There are no dead letters in ${queue.url}.`));
  const note = queue.unseenNote;
  if (note !== undefined) console.error(note);
  return 0;
}
