import { Command, CommanderError } from 'commander';
import { EXIT } from './exit-codes.ts';
import { keptByNpm } from './npm-options.ts';

/**
 * A command of the project, whose errors and help are those of all of them.
 *
 * @param usage how it is called, such as `npm run local --`
 */
export function createProgram(usage: string, description: string): Command {
  return new Command(usage)
    .description(description)
    .configureHelp({ showGlobalOptions: true })
    .showHelpAfterError('(--help says how it is used)')
    .exitOverride();
}

/**
 * Reads how a program was called. Its actions run meanwhile, so they must not begin any work.
 *
 * @param args what came after the program's name
 * @returns the exit code where there is nothing left to do: it has said what is wrong, or how it is used
 */
export function parseCall(
  program: Command,
  args: readonly string[] = process.argv.slice(2),
): number | undefined {
  const problem = keptByNpm(program, args);
  if (problem !== undefined) {
    console.error(`error: ${problem}`);
    return EXIT.usage;
  }
  try {
    program.parse([...args], { from: 'user' });
    return undefined;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? 0 : EXIT.usage;
  }
}
