import packageJson from '../../package.json' with { type: 'json' };
import { COMMAND, resourceNames } from '../shared/resource-names.ts';
import { createProgram, parseCall } from '../terminal/call.ts';
import type { Run } from './add-command.ts';
import { addCommands } from './command-list.ts';
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
  1    of wait: the job failed; of doctor: a check found something wrong;
       of dead-letters: not all that was asked for was done
  2    of wait: the job was suspended or deleted
  64   the call is wrong
  65   the function would refuse the notification
  66   there is no such job, dead letter or file
  69   there is no such stack, or it is of another version
  70   AWS refused something, or it cannot be asked
  74   the output cannot be written
  77   AWS has no credentials that it takes
  78   a table has no index
  124  of wait: the time is up
  130  interrupted`;

/**
 * Runs the command line.
 *
 * @param args what came after the command's name
 * @returns the exit code
 */
export async function runCli(
  args: readonly string[],
  signal: AbortSignal,
  output: AbortSignal,
): Promise<number> {
  const program = createProgram(
    COMMAND,
    'Asks what happened on the farm, and looks after the set-up.',
  )
    .version(packageJson.version)
    .option('--stack <name>', 'the stack', name, resourceNames().name)
    .option('--profile <name>', 'as of the AWS CLI, in place of AWS_PROFILE', name)
    .option('--region <name>', 'as of the AWS CLI, in place of AWS_REGION', name)
    .option('--json', 'one JSON object a line, in place of tables')
    .option('--utc', "times in UTC, in place of this machine's zone")
    .addHelpText('after', EXIT_CODES);

  let work = async () => 0;
  const run: Run =
    (command) =>
    (...call) => {
      const session = { ...sessionOptions(program.opts<GlobalOptions>()), signal, output };
      work = () => command(session, ...call);
    };
  addCommands(program, run);
  return parseCall(program, args) ?? work();
}

function sessionOptions(options: GlobalOptions): Omit<Session, 'signal' | 'output'> {
  const { stack, profile, json = false, utc = false } = options;
  const { region = process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION } = options;
  const account = {
    ...(profile && { profile }),
    ...(region && { region }),
    requestHandler: REQUEST,
  };
  return { stackName: stack, account, json, utc };
}
