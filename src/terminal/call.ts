import { Command, CommanderError } from 'commander';
import { oneLine } from '../shared/printable.ts';
import { EXIT } from './exit-codes.ts';
import { keptByNpm } from './npm-options.ts';

/**
 * Creates a program with the help and error handling that all of the project's programs share.
 *
 * @param usage the start of a call, such as `npm run local --`
 */
export function createProgram(usage: string, description: string): Command {
  return new Command(usage)
    .description(description)
    .configureHelp({ showGlobalOptions: true })
    .showHelpAfterError('(see --help for usage)')
    .configureOutput({ outputError: (text, write) => write(`${printableError(text)}\n`) })
    .exitOverride();
}

/**
 * Parses a program's arguments. This calls its actions, so they must not start any work.
 *
 * @param args the arguments after the program's name
 * @returns the exit code if there is nothing left to do: an error or the help was printed
 */
export function parseCall(
  program: Command,
  args: readonly string[] = process.argv.slice(2),
): number | undefined {
  const problem = keptByNpm(program, args);
  if (problem !== undefined) {
    console.error(oneLine(`error: ${problem}`));
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

/** An error quotes words of the call as they are. Commander's only second line, the last, is a suggestion. */
function printableError(text: string): string {
  return text
    .trimEnd()
    .split(/\n(?=\(Did you mean [^\n]*$)/)
    .map(oneLine)
    .join('\n');
}
