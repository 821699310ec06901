import { createInterface } from 'node:readline/promises';
import type { Message } from '@aws-sdk/client-sqs';
import type { DeadLetterQueue } from '../../aws/dead-letter-queue.ts';

/**
 * @param onDone is told how many more were looked at
 * @returns the message with this id, which stays held; all others are released
 */
export async function find(
  queue: DeadLetterQueue,
  id: string,
  onDone: (count: number) => void,
  signal: AbortSignal,
): Promise<Message | undefined> {
  for await (const messages of queue.receive(signal)) {
    const found = messages.find(({ MessageId }) => MessageId === id);
    onDone(messages.length);
    if (found === undefined) continue;
    await queue.release(id);
    return found;
  }
  return undefined;
}

/** Asks on the terminal. Only `y` or `yes` is one: not an empty answer, and not the end of the input. */
export async function confirm(question: string, signal: AbortSignal): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const ended = new Promise<string>((resolve) => terminal.once('close', () => resolve('')));
  try {
    const answer = await Promise.race([terminal.question(question, { signal }), ended]);
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    terminal.close();
  }
}
