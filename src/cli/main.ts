import { runCommand } from '../terminal/command.ts';
import { explain } from './explain.ts';
import { runCli } from './program.ts';

/** Runs the command line as this process was called, to its exit code. */
export async function main(): Promise<void> {
  await runCommand((signal, output) => runCli(process.argv.slice(2), signal, output), explain);
}
