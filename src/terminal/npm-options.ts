import type { Command, Option } from 'commander';

/**
 * Finds options that `npm run` consumed. Unless `--` comes first, npm keeps options for itself: the command
 * runs without them, and only variables such as `npm_config_json` are left.
 *
 * @param args the arguments that npm passed on
 * @returns a message with the correct call; `undefined` if npm consumed none of the command's options
 */
export function keptByNpm(
  program: Command,
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): string | undefined {
  const script = env.npm_lifecycle_event;
  if (script === undefined) return undefined;
  const path = calledCommands(program, args);
  const kept = path
    .flatMap(({ options }) => options)
    .filter((option) => env[variableName(option)] && !isGiven(option, args));
  if (kept.length === 0) return undefined;
  const names = kept.map(({ long }) => long).join(', ');
  // The value of an option may be among the arguments now, and nothing tells which one it is.
  const given = kept.every(({ required }) => !required) ? args : placeholders(path);
  const words = [...given, ...kept.map(({ flags }) => flags)];
  return (
    `npm consumed ${names}. Put -- before the command's arguments: ` +
    `npm run -s ${script} -- ${words.join(' ')}`
  );
}

/** The program and the commands called, outermost first. */
function calledCommands(program: Command, args: readonly string[]): Command[] {
  const path = [program];
  for (const arg of args) {
    const next = path.at(-1)?.commands.find((command) => command.name() === arg);
    if (next) path.push(next);
  }
  return path;
}

/** The commands with the names of their arguments, such as `wait <job id>`. */
function placeholders(path: readonly Command[]): string[] {
  const names = path.slice(1).map((command) => command.name());
  const values = path.at(-1)?.registeredArguments ?? [];
  return [...names, ...values.map((argument) => `<${argument.name()}>`)];
}

function variableName({ long = '' }: Option): string {
  return `npm_config_${long.replace(/^--/, '').replaceAll('-', '_')}`;
}

function isGiven({ long }: Option, args: readonly string[]): boolean {
  return args.some((arg) => arg === long || arg.startsWith(`${long}=`));
}
