import { shorten } from '../../../shared/errors.ts';
import { oneLine, printable } from '../../../shared/printable.ts';
import { toRecord } from '../../../shared/sqs-record.ts';
import { confirm } from '../../../terminal/confirm.ts';
import { EXIT } from '../../../terminal/exit-codes.ts';
import { withBar } from '../../../terminal/progress.ts';
import { DeadLetterQueue } from '../../aws/dead-letter-queue.ts';
import { findMessages } from '../../aws/receive-dead-letters.ts';
import { functionRules, readStackOutputs } from '../../aws/stack-outputs.ts';
import { deadLetterCells, describeDeadLetter } from '../../dead-letter.ts';
import { jsonLine, printOne } from '../../output.ts';
import type { Session } from '../../session.ts';

/** Characters of a message shown before it is deleted, at most. */
const SHOWN = 4_000;

export interface DeleteOptions {
  /** Skips the confirmation. */
  readonly yes?: boolean;
}

/**
 * Permanently deletes dead letters after a confirmation: all of them, or none if one is missing.
 *
 * @throws NotFound if SQS does not deliver one of them
 */
export async function remove(
  session: Session,
  ids: readonly string[],
  { yes = false }: DeleteOptions,
): Promise<number> {
  const { stackName, account, signal, utc, json } = session;
  const stack = await readStackOutputs(stackName, account, signal);
  await using queue = new DeadLetterQueue(account, stack.DeadLetterQueueUrl, signal);
  const total = await queue.count();
  const held = await withBar('messages', total, (onDone) => findMessages(queue, ids, onDone));
  await queue.release(new Set(ids));
  const records = held.map((message) => toRecord(message, queue.url));
  const letters = records.map((record) => describeDeadLetter(record, functionRules(stack)));
  if (!json) {
    for (const [index, letter] of letters.entries()) {
      printOne(letter, deadLetterCells(letter, utc), session);
      console.log(`\n${printable(shorten(records[index]?.body ?? '', SHOWN))}\n`);
    }
  }
  const what = letters.length === 1 ? 'it' : `these ${letters.length}`;
  if (!yes && !(await confirm(`Permanently delete ${what}? [y/N] `, signal))) {
    console.error(
      process.stdin.isTTY
        ? 'Nothing was deleted.'
        : 'Nothing was deleted. To delete without being asked, use --yes.',
    );
    return EXIT.failure;
  }

  const problems = await queue.delete(letters.map(({ message }) => message));
  for (const letter of letters) {
    const problem = problems.get(letter.message);
    if (json) console.log(jsonLine({ ...letter, deleted: problem === undefined }));
    console.error(oneLine(problem ? `${letter.message} was not deleted: ${problem}` : 'Deleted.'));
  }
  return problems.size > 0 ? EXIT.failure : 0;
}
