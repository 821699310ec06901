import type { Command, Option } from 'commander';

/**
 * Why a call by `npm run` is not what was meant. npm takes options for itself unless `--` comes before them:
 * the command runs without them, and all that is left of them are variables such as `npm_config_json`.
 *
 * @param args what npm has passed on
 * @returns a sentence with the right call; `undefined` where npm has kept none of the command's options
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
  const words = [
    ...path.slice(1).map((command) => command.name()),
    ...kept.map(({ flags }) => flags),
  ];
  return (
    `npm took ${names} for itself. Put -- before all that is for the command: ` +
    `npm run -s ${script} -- ${words.join(' ')}`
  );
}

/** The program, and the command of it that is called, from the outside in. */
function calledCommands(program: Command, args: readonly string[]): Command[] {
  const path = [program];
  for (const arg of args) {
    const next = path.at(-1)?.commands.find((command) => command.name() === arg);
    if (next) path.push(next);
  }
  return path;
}

function variableName({ long = '' }: Option): string {
  return `npm_config_${long.replace(/^--/, '').replaceAll('-', '_')}`;
}

function isGiven({ long }: Option, args: readonly string[]): boolean {
  return args.some((arg) => arg === long || arg.startsWith(`${long}=`));
}
