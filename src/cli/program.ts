import { Command, CommanderError } from 'commander';
import { namesOf } from '../shared/resource-names.ts';
import { EXIT } from '../terminal/exit-codes.ts';
import { type Add, addCommands, type Run } from './command-list.ts';
import { name } from './options.ts';
import type { Session } from './session.ts';

interface GlobalOptions {
  readonly stack: string;
  readonly profile?: string;
  readonly region?: string;
  readonly json?: true;
  readonly utc?: true;
}

/** How long a request may take, in ms, before it is made again: a connection can end without a word. */
const REQUEST = { connectionTimeout: 5_000, requestTimeout: 10_000, throwOnRequestTimeout: true };

const EXIT_CODES = `
Exit codes:
  0    done; of wait: the job completed
  1    of wait: the job failed; of doctor: a step found something
  2    of wait: the job was suspended or deleted
  64   the call is wrong
  65   the function would refuse the notification
  66   there is no such job or file
  69   there is no such stack
  70   AWS refused something, or it cannot be asked
  74   the output cannot be written
  77   AWS has no credentials that it takes
  78   a table has no index
  124  of wait: the time is up
  130  interrupted`;

/**
 * Runs the command line that asks the tables.
 *
 * @returns the exit code
 */
export async function deadline(
  args: readonly string[],
  signal: AbortSignal,
  output: AbortSignal,
): Promise<number> {
  let code = 0;
  const program = new Command('deadline')
    .description('Asks the tables of Deadline Notifications what happened on the farm.')
    .option('--stack <name>', 'the stack', name, namesOf().name)
    .option('--profile <name>', 'as of the AWS CLI, in place of AWS_PROFILE', name)
    .option('--region <name>', 'as of the AWS CLI, in place of AWS_REGION', name)
    .option('--json', 'one JSON object a line, in place of tables')
    .option('--utc', "times in UTC, in place of this machine's zone")
    .addHelpText('after', EXIT_CODES)
    .configureHelp({ showGlobalOptions: true })
    .showHelpAfterError('(--help says how it is used)')
    .exitOverride();

  const add: Add = (usage, description, ...examples) =>
    program
      .command(usage)
      .description(description)
      .configureHelp({ showGlobalOptions: true })
      .addHelpText(
        'after',
        `\nExamples:\n${examples.map((each) => `  deadline ${each}`).join('\n')}`,
      );

  const run: Run =
    (work) =>
    async (...args) => {
      code = await work({ ...callOf(program.opts<GlobalOptions>()), signal, output }, ...args);
    };

  addCommands(add, run);

  try {
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? 0 : EXIT.usage; // it has said what is wrong, or how it is used
  }
}

function callOf(options: GlobalOptions): Omit<Session, 'signal' | 'output'> {
  const { stack, profile, json = false, utc = false } = options;
  const { region = process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION } = options;
  const account = {
    ...(profile && { profile }),
    ...(region && { region }),
    requestHandler: REQUEST,
  };
  return { stackName: stack, account, json, utc };
}
