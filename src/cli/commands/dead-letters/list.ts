import { oneLine } from '../../../shared/printable.ts';
import { toRecord } from '../../../shared/sqs-record.ts';
import { withBar } from '../../../terminal/progress.ts';
import { zoneText } from '../../../terminal/short-time.ts';
import { DeadLetterQueue, MAX_MESSAGES } from '../../aws/dead-letter-queue.ts';
import { receivePages } from '../../aws/receive-dead-letters.ts';
import { functionRules, readStackOutputs } from '../../aws/stack-outputs.ts';
import { type DeadLetter, deadLettersView, describeDeadLetter } from '../../dead-letter.ts';
import { Listing, type ListOptions } from '../../listing.ts';
import type { Session } from '../../session.ts';

export interface DeadLettersOptions extends ListOptions {
  /** How many to list, at most. */
  readonly limit: number;
  readonly all?: true;
}

/** Lists dead letters, oldest first, and leaves them in the queue. */
export async function list(session: Session, options: DeadLettersOptions): Promise<number> {
  const { limit, all } = options;
  const { stackName, account, signal } = session;
  const listing = new Listing(deadLettersView(session), options, session);
  const stack = await readStackOutputs(stackName, account, signal);
  const rules = functionRules(stack);
  await using queue = new DeadLetterQueue(account, stack.DeadLetterQueueUrl, signal);
  const most = all ? Infinity : limit;
  const total = Math.min(await queue.count(), most);
  const received = await withBar('messages', total, async (onDone) => {
    const described: DeadLetter[] = [];
    await receivePages(
      queue,
      MAX_MESSAGES,
      (page) => {
        const shown = page.slice(0, most - described.length);
        for (const message of shown) {
          described.push(describeDeadLetter(toRecord(message, queue.url), rules));
        }
        onDone(shown.length);
        return described.length < most;
      },
      most,
    );
    return described;
  });
  const letters = received.toSorted((a, b) => a.sent - b.sent);
  await listing.print(letters, {
    title: (shown) => `Dead letters: ${shown.length}. Times in ${zone(shown, session)}.`,
  });
  if (letters.length === 0) console.error(oneLine(`There are no dead letters in ${queue.url}.`));
  const note =
    letters.length === most
      ? moreNote(letters.length, queue)
      : queue.unprocessedNote(letters.length);
  if (note !== undefined) console.error(note);
  return 0;
}

function zone(shown: readonly DeadLetter[], session: Session): string {
  return zoneText(
    shown.map(({ sent }) => sent),
    session,
  );
}

/** A note that a limit has cut the list. SQS delivers in any order, so these need not be the oldest. */
function moreNote(shown: number, { counted, delivered }: DeadLetterQueue): string | undefined {
  const total = Math.max(counted, delivered);
  if (total === shown) return undefined;
  return `These are ${shown} of about ${total}, not always the oldest: raise --limit, or use --all.`;
}
