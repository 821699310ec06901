import { runCommand } from '../terminal/command.ts';
import { explain } from './explain.ts';
import { runCli } from './program.ts';

/** Runs the command line with this process's arguments, then exits. */
export async function main(): Promise<void> {
  await runCommand((signal, output) => runCli(process.argv.slice(2), signal, output), explain);
}
