import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

const PRINT_CALLS = join(import.meta.dirname, 'print-calls.ts');

/**
 * What calls of the command line print on a pseudo-terminal, which `script` of util-linux makes.
 *
 * @param columns of the terminal; 0 if it does not know
 * @returns the lines of each call, with colors
 */
export async function onPseudoTerminal(
  columns: number,
  calls: readonly string[][],
  env: NodeJS.ProcessEnv,
): Promise<string[][]> {
  const words = [process.execPath, PRINT_CALLS, JSON.stringify(calls)];
  const command = words.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ');
  const child = spawn('script', ['-qec', `stty cols ${columns} && exec ${command}`, '/dev/null'], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const printed = await text(child.stdout);
  const lines = printed.replaceAll('\r\n', '\n').split('\n').map(afterProgress);
  const starts = lines.flatMap((line, index) => (line.startsWith('$ ') ? index : []));
  return starts.map((start, index) => lines.slice(start + 1, starts[index + 1] ?? -1));
}

/** A line without the progress that was shown there while rows were read, as happens on a busy machine. */
function afterProgress(line: string): string {
  return line.split('\r\u001b[K').at(-1) as string;
}
