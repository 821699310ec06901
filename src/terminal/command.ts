import { DeadlineNotificationsError } from '../errors.ts';

/** Exit codes: what a command found wrong, a call that is wrong, and a stop by a signal (128 + 2). */
export const EXIT = { failed: 1, usage: 2, interrupted: 130 } as const;

/**
 * Runs a command to its exit code. The first `Ctrl-C` aborts its signal, so that it can stop what it
 * has started; an error made for people is shown as its sentence.
 */
export async function runCommand(command: (signal: AbortSignal) => Promise<number>): Promise<void> {
  const interrupt = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => interrupt.abort());
  }
  let code: number;
  try {
    code = await command(interrupt.signal);
  } catch (error) {
    code = interrupt.signal.aborted ? EXIT.interrupted : EXIT.failed;
    if (interrupt.signal.aborted) console.error('Interrupted: all that was started is stopped.');
    else console.error(sentenceOf(error) ?? error);
  }
  process.exit(code); // an invocation that was left behind may take its time
}

/**
 * How a command is called; what is wrong with the call is told, and how it is used.
 *
 * @param read throws an error whose message says what is wrong
 */
export function readCall<T>(usage: string, read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    console.error(`${(error as Error).message}\n${usage}`);
    return undefined;
  }
}

/** What a person can make something of; the stack of calls only where it is no such error. */
function sentenceOf(error: unknown): string | undefined {
  if (error instanceof DeadlineNotificationsError) return error.message;
  // What went wrong first, where to clean up after it went wrong, too.
  if (error instanceof SuppressedError) return sentenceOf(error.suppressed);
  // The AWS SDK's own errors carry this, whether AWS answered or not.
  const isOfAws = error instanceof Error && '$metadata' in error;
  return isOfAws ? `AWS: ${error.name}: ${error.message}` : undefined;
}
