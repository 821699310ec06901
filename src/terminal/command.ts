import { noCredentials } from '../cli/aws/credentials.ts';
import {
  DeadlineNotificationsError,
  NoCredentials,
  NoIndex,
  NotFound,
  StackNotFound,
} from '../shared/errors.ts';
import { printable } from './printable.ts';

/**
 * Exit codes. Those from 64 to 78 are what `sysexits.h` of the BSDs has for the like, 124 is what
 * `timeout` of the GNU core utilities has, and 130 is a shell's for `Ctrl-C` (128 + 2).
 */
export const EXIT = {
  /** What a command found wrong. */
  failed: 1,
  /** A call that is wrong. */
  usage: 64,
  /** A notification that the function would refuse. */
  invalid: 65,
  /** A job or a file that is not there. */
  notFound: 66,
  noStack: 69,
  /** All errors that have no code of their own, such as what AWS refuses. */
  error: 70,
  /** An output that cannot be written. */
  output: 74,
  noCredentials: 77,
  /** A table without the index that is asked. */
  noIndex: 78,
  timedOut: 124,
  interrupted: 130,
} as const;

const CODES: readonly [abstract new (...args: never) => Error, number][] = [
  [NotFound, EXIT.notFound],
  [StackNotFound, EXIT.noStack],
  [NoCredentials, EXIT.noCredentials],
  [NoIndex, EXIT.noIndex],
];

/**
 * Runs a command to its exit code. The first `Ctrl-C` aborts its signal, so that it can stop what it
 * has started, and the second ends it; an error made for people is shown as its sentence.
 *
 * @param command has another signal that says when what it prints goes nowhere, as nobody reads any more,
 *   such as `head` when it has had its lines, or as a disk is full
 */
export async function runCommand(
  command: (signal: AbortSignal, output: AbortSignal) => Promise<number>,
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
  let code: number;
  try {
    code = await command(interrupt.signal, output.signal);
  } catch (error) {
    code = endedBy(error, interrupt.signal, output.signal);
  }
  // What is written to a pipe may still be under way.
  await new Promise((resolve) => process.stdout.write('', resolve));
  process.exit(withOutput(code, output.signal)); // an invocation that was left behind may take its time
}

function endedBy(error: unknown, interrupt: AbortSignal, output: AbortSignal): number {
  if (output.aborted && error === output.reason) return 0;
  if (interrupt.aborted) {
    console.error('Interrupted: all that was started is stopped.');
    return EXIT.interrupted;
  }
  const { said, code } = causeOf(error);
  console.error(said);
  return code;
}

/** A reader that has left is no error: it has had all that it wanted. */
function withOutput(code: number, { reason }: AbortSignal): number {
  if (code !== 0 || reason === undefined || reason.code === 'EPIPE') return code;
  console.error(`The output cannot be written: ${reason.message}`);
  return EXIT.output;
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
function causeOf(error: unknown): { said: unknown; code: number } {
  // What went wrong first, where to clean up after it went wrong, too.
  if (error instanceof SuppressedError) return causeOf(error.suppressed);
  const [, code = EXIT.error] = CODES.find(([type]) => error instanceof type) ?? [];
  if (error instanceof DeadlineNotificationsError) return { said: printable(error.message), code };
  const denied = noCredentials(error);
  if (denied) return causeOf(denied);
  // The AWS SDK's own errors carry this, whether AWS answered or not.
  const isOfAws = error instanceof Error && '$metadata' in error;
  return { said: isOfAws ? printable(`AWS: ${error.name}: ${error.message}`) : error, code };
}
