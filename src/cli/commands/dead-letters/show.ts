import type { Message } from '@aws-sdk/client-sqs';
import { printable } from '../../../shared/printable.ts';
import { toRecord } from '../../../shared/sqs-record.ts';
import { withBar } from '../../../terminal/progress.ts';
import { DeadLetterQueue } from '../../aws/dead-letter-queue.ts';
import { findMessages } from '../../aws/receive-dead-letters.ts';
import { functionRules, readStackOutputs } from '../../aws/stack-outputs.ts';
import { deadLetterCells, describeDeadLetter } from '../../dead-letter.ts';
import { printOne } from '../../output.ts';
import type { Session } from '../../session.ts';

/**
 * Shows a dead letter with its full text.
 *
 * @throws NotFound if SQS does not deliver it
 */
export async function show(session: Session, id: string): Promise<number> {
  const { stackName, account, signal, utc, json } = session;
  const stack = await readStackOutputs(stackName, account, signal);
  await using queue = new DeadLetterQueue(account, stack.DeadLetterQueueUrl, signal);
  const total = await queue.count();
  const [message] = await withBar('messages', total, (onDone) => findMessages(queue, [id], onDone));
  const record = toRecord(message as Message, queue.url);
  const letter = describeDeadLetter(record, functionRules(stack));
  const { body } = record;
  printOne({ ...letter, body }, deadLetterCells(letter, utc), session);
  if (!json) console.log(`\n${printable(body)}`);
  return 0;
}
