import { DeadlineNotificationsError } from '../shared/errors.ts';
import { EXIT } from './exit-codes.ts';
import { printable } from './printable.ts';

/** What a person is told of an error, and the exit code that goes with it. */
export interface Explanation {
  readonly message: string;
  readonly exitCode: number;
}

/** Explains the errors that it knows. */
export type Explain = (error: unknown) => Explanation | undefined;

/**
 * Runs a command to its exit code. The first `Ctrl-C` aborts its signal, so that it can stop what it
 * has started. The second one ends it.
 *
 * @param command also gets a signal that says when its output goes nowhere: nobody reads any more, such as
 *   `head` when it has had its lines, or a disk is full
 * @param explain is asked before an error is shown: its own errors have a sentence, others a stack trace
 */
export async function runCommand(
  command: (signal: AbortSignal, output: AbortSignal) => Promise<number>,
  explain: Explain = () => undefined,
): Promise<void> {
  const interrupt = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      if (interrupt.signal.aborted) process.exit(EXIT.interrupted);
      interrupt.abort();
    });
  }
  const output = new AbortController();
  process.stdout.on('error', (error) => output.abort(error));
  process.stderr.on('error', () => undefined); // there is nobody to be told
  const code = await exitCode(command, explain, interrupt.signal, output.signal);
  // What is written to a pipe may still be under way.
  await new Promise((resolve) => process.stdout.write('', resolve));
  process.exit(withOutput(code, output.signal)); // an invocation that was left behind may take its time
}

/** Runs a command to its exit code. An error is told to the person, and has a code of its own. */
export async function exitCode(
  command: (signal: AbortSignal, output: AbortSignal) => Promise<number>,
  explain: Explain,
  interrupt: AbortSignal,
  output: AbortSignal,
): Promise<number> {
  try {
    return await command(interrupt, output);
  } catch (error) {
    return endedBy(error, interrupt, output, explain);
  }
}

function endedBy(
  error: unknown,
  interrupt: AbortSignal,
  output: AbortSignal,
  explain: Explain,
): number {
  if (output.aborted && error === output.reason) return 0;
  if (interrupt.aborted) {
    console.error('Interrupted: all that was started is stopped.');
    return EXIT.interrupted;
  }
  const cause = firstCause(error);
  const explanation = explain(cause) ?? ownSentence(cause);
  if (explanation === undefined) console.error(cause);
  else console.error(printable(explanation.message));
  return explanation?.exitCode ?? EXIT.software;
}

/** A reader that has left is no error: it has had all that it wanted. */
function withOutput(code: number, { reason }: AbortSignal): number {
  if (code !== 0 || reason === undefined || reason.code === 'EPIPE') return code;
  console.error(`The output cannot be written: ${reason.message}`);
  return EXIT.ioError;
}

/** What went wrong before the clean-up after it failed as well: a `SuppressedError`, which Node.js 22 lacks. */
function firstCause(error: unknown): unknown {
  return error instanceof Error && 'suppressed' in error ? firstCause(error.suppressed) : error;
}

function ownSentence(error: unknown): Explanation | undefined {
  if (!(error instanceof DeadlineNotificationsError)) return undefined;
  return { message: error.message, exitCode: EXIT.software };
}
