import { inspect } from 'node:util';
import { DeadlineNotificationsError } from '../shared/errors.ts';
import { oneLine, printable } from '../shared/printable.ts';
import { EXIT } from './exit-codes.ts';

/** The message shown for an error, and its exit code. */
export interface Explanation {
  readonly message: string;
  readonly exitCode: number;
}

/** Explains an error; `undefined` if it does not know it. */
export type Explain = (error: unknown) => Explanation | undefined;

/**
 * Runs a command, then exits with its exit code. The first `Ctrl-C` aborts its signal, so that it can clean
 * up; the second exits at once.
 *
 * @param command its second signal aborts when its output can no longer be written: the reader has left,
 *   such as `head`, or the disk is full
 * @param explain turns known errors into messages, also the `AbortError` of an interrupted command. Errors
 *   of this project have a message; others show a stack trace
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
  process.stderr.on('error', () => undefined); // nowhere left to report it
  const code = await exitCode(command, explain, interrupt.signal, output.signal);
  // Pipes are written asynchronously.
  await new Promise((resolve) => process.stdout.write('', resolve));
  process.exit(withOutput(code, output.signal)); // does not wait for abandoned invocations
}

/** Runs a command and returns its exit code. Prints an error's message. */
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
    console.error(explain(interrupt.reason)?.message ?? 'Interrupted.');
    return EXIT.interrupted;
  }
  const cause = firstCause(error);
  const explanation = explain(cause) ?? ownSentence(cause);
  if (explanation === undefined) console.error(printable(inspect(cause)));
  else console.error(printable(explanation.message));
  return explanation?.exitCode ?? EXIT.software;
}

/** A reader that has left is not an error: it has read all it wanted. */
function withOutput(code: number, { reason }: AbortSignal): number {
  if (code !== 0 || reason === undefined || reason.code === 'EPIPE') return code;
  console.error(oneLine(`The output cannot be written: ${reason.message}`));
  return EXIT.ioError;
}

/** The original error, if cleaning up after it failed too: a `SuppressedError`, which Node.js 22 lacks. */
function firstCause(error: unknown): unknown {
  return error instanceof Error && 'suppressed' in error ? firstCause(error.suppressed) : error;
}

function ownSentence(error: unknown): Explanation | undefined {
  if (!(error instanceof DeadlineNotificationsError)) return undefined;
  return { message: error.message, exitCode: EXIT.software };
}
