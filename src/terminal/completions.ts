import type { Command, Option } from 'commander';
import { SuggestedOption } from './suggested-option.ts';

/** A word that may stand at the end of a call that is being typed. */
export interface Completion {
  readonly text: string;
  /** A few words; may be empty. */
  readonly description: string;
}

export interface Completions {
  readonly all: readonly Completion[];
  /** Whether it is a file's name, which the shell completes by itself. */
  readonly files: boolean;
}

/**
 * Completes the last word of a call.
 *
 * @param words after the program's name; the last one is being typed, and may be empty
 */
export async function completionsOf(
  program: Command,
  words: readonly string[],
): Promise<Completions> {
  const all = withoutEqualsSigns(words);
  const typed = all.at(-1) ?? '';
  const { command, option, operands, isEnded } = positionAfter(program, all.slice(0, -1));
  if (option) return valuesAfter(option, typed);
  if (isEnded || !typed.startsWith('-')) return operandsOf(command, operands, isEnded, typed);
  const [, name, value] = /^([^=]+)=(.*)$/.exec(typed) ?? [];
  if (name === undefined || value === undefined) return matching(typed, optionsOf(command));
  const assigned = withValue(command, name);
  return assigned ? valuesAfter(assigned, value) : NONE;
}

/** For bash, `=` is a word of its own. */
function withoutEqualsSigns(words: readonly string[]): string[] {
  return words.flatMap((word, index) => {
    if (word !== '=') return [word];
    return index === words.length - 1 ? [''] : [];
  });
}

interface Position {
  readonly command: Command;
  /** The option whose value comes next. */
  readonly option: Option | undefined;
  /** How many arguments of the command came before. */
  readonly operands: number;
  /** Whether `--` has ended the options. */
  readonly isEnded: boolean;
}

/** Reads the words of a call as Commander does. */
function positionAfter(program: Command, words: readonly string[]): Position {
  let command = program;
  let option: Option | undefined;
  let [operands, isEnded] = [0, false];
  for (const word of words) {
    if (option) {
      option = undefined;
    } else if (isEnded || !word.startsWith('-')) {
      const next = isEnded ? undefined : command.commands.find((each) => each.name() === word);
      command = next ?? command;
      operands += next ? 0 : 1;
    } else if (word === '--') {
      isEnded = true;
    } else {
      option = withValue(command, word);
    }
  }
  return { command, option, operands, isEnded };
}

/** The options that a call of a command may have, those of its program last. */
function allOptions(command: Command): Option[] {
  const help = command.createHelp();
  return [...help.visibleOptions(command), ...help.visibleGlobalOptions(command)];
}

function withValue(command: Command, flag: string): Option | undefined {
  return allOptions(command).find(
    ({ long, short, required }) => required && [long, short].includes(flag),
  );
}

function optionsOf(command: Command): Completion[] {
  return allOptions(command).map(({ long, short, description }) => ({
    text: long ?? short ?? '',
    description: brief(description),
  }));
}

async function valuesAfter(option: Option, typed: string): Promise<Completions> {
  if (option.flags.endsWith(' <file>')) return FILES;
  return matching(typed, await valuesOf(option, typed));
}

/** Values of an option that takes several keep those before the last comma. */
async function valuesOf(option: Option, typed: string): Promise<Completion[]> {
  if (!(option instanceof SuggestedOption)) return (option.argChoices ?? []).map(undescribed);
  const given = typed.split(',').slice(0, -1);
  const values = await option.suggestions();
  return values
    .filter((value) => !given.includes(value))
    .map((value) => undescribed([...given, value].join(',')));
}

function operandsOf(
  command: Command,
  operands: number,
  isEnded: boolean,
  typed: string,
): Completions {
  const commands = command.createHelp().visibleCommands(command);
  if (commands.length > 0) {
    if (isEnded || operands > 0) return NONE;
    const named = commands.map((each) => ({
      text: each.name(),
      description: brief(each.description()),
    }));
    return matching(typed, named);
  }
  const { registeredArguments } = command;
  const last = registeredArguments.at(-1);
  const argument = registeredArguments[operands] ?? (last?.variadic ? last : undefined);
  if (argument?.name() === 'file') return FILES;
  if (argument) return matching(typed, (argument.argChoices ?? []).map(undescribed));
  return isEnded ? NONE : matching(typed, optionsOf(command));
}

const NONE: Completions = { all: [], files: false };
const FILES: Completions = { all: [], files: true };

function matching(typed: string, completions: readonly Completion[]): Completions {
  return { all: completions.filter(({ text }) => text.startsWith(typed)), files: false };
}

function undescribed(text: string): Completion {
  return { text, description: '' };
}

/** A description up to its details. */
function brief(description: string): string {
  return description.replace(/ ?[:;(].*$/s, '');
}
