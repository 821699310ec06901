import type { Message } from '@aws-sdk/client-sqs';
import { NotFound } from '../../shared/errors.ts';
import { oneLine } from '../../shared/printable.ts';
import { concurrently } from '../concurrently.ts';
import { CONCURRENCY, type DeadLetterQueue, MAX_MESSAGES, messageId } from './dead-letter-queue.ts';

/** How many more to receive than SQS counted: its count is up to a minute old, and the queue may grow meanwhile. */
const UNCOUNTED = 1_000;

/**
 * Receives in a row that bring nothing new, at most: then messages that were seen are visible again, and
 * keep SQS from delivering the others.
 */
const MAX_REPEATS = 100;

/**
 * Receives all messages, each once, with several receivers at once. They stay held. Ends when SQS has no more,
 * or has delivered as many as it counted and brings nothing new.
 *
 * @param size of a page, a multiple of ten; the last ones are smaller
 * @param onPage called for several pages at once; a receiver goes on when its page is done. Returns `false`
 *   to receive no more
 * @param wanted how many messages are needed, about
 */
export async function receivePages(
  queue: DeadLetterQueue,
  size: number,
  onPage: (page: Message[]) => boolean | Promise<boolean>,
  wanted = Infinity,
): Promise<void> {
  const pages = Math.ceil(Math.min(wanted, queue.counted) / size);
  let isOver = false;
  await concurrently(Math.min(Math.max(pages, 1), CONCURRENCY), async (failure) => {
    const isStopped = () => isOver || failure.aborted;
    for await (const page of pagesOfReceiver(queue, size, isStopped)) {
      if (isStopped()) return;
      isOver = !(await onPage(page)) || isOver;
    }
  });
}

async function* pagesOfReceiver(
  queue: DeadLetterQueue,
  size: number,
  isStopped: () => boolean,
): AsyncGenerator<Message[]> {
  let page: Message[] = [];
  let repeats = 0;
  for (let isLast = false; !isLast && !isStopped(); ) {
    queue.interrupt.throwIfAborted();
    const { all, fresh } = await queue.receive();
    queue.interrupt.throwIfAborted();
    page.push(...fresh);
    repeats = fresh.length > 0 ? 0 : repeats + 1;
    isLast = all.length === 0 || isEnough(queue, repeats);
    if (page.length > 0 && (isLast || page.length > size - MAX_MESSAGES)) {
      yield page;
      page = [];
    }
  }
}

function isEnough({ isFull, counted, delivered }: DeadLetterQueue, repeats: number): boolean {
  if (isFull || delivered >= counted + UNCOUNTED) return true;
  return repeats > (delivered >= counted ? 0 : MAX_REPEATS);
}

/**
 * Receives until the messages with these ids are found, and returns them in the same order.
 *
 * @param onDone called with the number of messages received since the last call
 * @throws NotFound if SQS does not deliver one of them
 */
export async function findMessages(
  queue: DeadLetterQueue,
  ids: readonly string[],
  onDone: (count: number) => void,
): Promise<Message[]> {
  const found = new Map<string, Message | undefined>(ids.map((id) => [id, undefined]));
  let missing = found.size;
  await receivePages(queue, MAX_MESSAGES, (page) => {
    onDone(page.length);
    for (const message of page) {
      if (!found.has(messageId(message))) continue;
      found.set(messageId(message), message);
      missing -= 1;
    }
    return missing > 0;
  });
  return [...found].map(([id, message]) => message ?? notFound(id, queue));
}

function notFound(id: string, queue: DeadLetterQueue): never {
  const { delivered } = queue;
  const note = queue.unprocessedNote(delivered);
  throw new NotFound(
    `There is no dead letter ${oneLine(id)} among the ${delivered} that SQS delivered.` +
      (note === undefined ? '' : ` ${note}`),
  );
}
