import type { Command, Option } from 'commander';
import { callName } from './call-name.ts';
import type { Session } from './session.ts';

/** Turns a command's work into a Commander action, which is called with the arguments, then the options. */
export type Run = <T extends unknown[]>(
  work: (session: Session, ...args: T) => Promise<number>,
) => (...args: T) => void;

/**
 * Adds a command to the program, or a subcommand to a command.
 *
 * @param examples sample calls, without the names of the program and the parent command
 */
export function addCommand(
  parent: Command,
  name: string,
  description: string,
  ...examples: string[]
): Command {
  const path = parent.parent ? `${callName()} ${parent.name()}` : callName();
  const lines = examples.map((each) => `  ${path} ${each}`);
  return parent
    .command(name)
    .description(description)
    .configureHelp({ showGlobalOptions: true })
    .addHelpText('after', `\nExamples:\n${lines.join('\n')}`);
}

/** Adds a subcommand to a command that has options of its own, which Commander would take for global ones. */
export function addSubcommand(
  parent: Command,
  name: string,
  description: string,
  ...examples: string[]
): Command {
  return addCommand(parent, name, description, ...examples)
    .configureHelp({
      showGlobalOptions: true,
      visibleGlobalOptions: () => parent.createHelp().visibleGlobalOptions(parent),
    })
    .hook('preAction', (_, called) => {
      const isGiven = (option: Option) =>
        parent.getOptionValueSource(option.attributeName()) === 'cli';
      const foreign = parent.options.find(isGiven);
      if (foreign) called.error(`error: unknown option '${foreign.long}'`);
    });
}
