import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { printable } from '../shared/printable.ts';

/**
 * Asks for a line on the terminal without showing what is typed.
 *
 * @returns `undefined` if there is no terminal; empty if the input ended
 * @throws AbortError if the signal aborts, as after `Ctrl-C`
 */
export async function askSecret(
  question: string,
  signal: AbortSignal,
  { stdin, stderr }: Pick<NodeJS.Process, 'stdin' | 'stderr'> = process,
): Promise<string | undefined> {
  if (!stdin.isTTY || !stderr.isTTY) return undefined;
  stderr.write(printable(question));
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input: stdin, output: nowhere, terminal: true });
  const ended = new Promise<string>((resolve) => terminal.once('close', () => resolve('')));
  // A terminal that does not show what is typed does not turn Ctrl-C into a signal either.
  terminal.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  try {
    return await Promise.race([terminal.question('', { signal }), ended]);
  } finally {
    terminal.close();
    stderr.write('\n');
  }
}
