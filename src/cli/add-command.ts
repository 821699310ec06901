import type { Command } from 'commander';
import { COMMAND } from '../shared/resource-names.ts';
import type { Session } from './session.ts';

/** Makes an action of what a command does. Commander calls it with arguments, then options. */
export type Run = <T extends unknown[]>(
  work: (session: Session, ...args: T) => Promise<number>,
) => (...args: T) => void;

/**
 * Adds a command to the program, or to another command.
 *
 * @param examples how it is called, without the names of the program and of the other command
 */
export function addCommand(
  parent: Command,
  name: string,
  description: string,
  ...examples: string[]
): Command {
  const path = parent.name() === COMMAND ? COMMAND : `${COMMAND} ${parent.name()}`;
  const lines = examples.map((each) => `  ${path} ${each}`);
  return parent
    .command(name)
    .description(description)
    .configureHelp({ showGlobalOptions: true })
    .addHelpText('after', `\nExamples:\n${lines.join('\n')}`);
}
