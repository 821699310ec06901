import { buffer } from 'node:stream/consumers';
import packageJson from '../../package.json' with { type: 'json' };
import { resourceNames } from '../shared/resource-names.ts';
import { createProgram, parseCall } from '../terminal/call.ts';
import { screenOf } from '../terminal/screen.ts';
import { SuggestedOption } from '../terminal/suggested-option.ts';
import type { Run } from './add-command.ts';
import { sharedCredentials } from './aws/credentials.ts';
import { profileNames } from './aws/profile-names.ts';
import { AwsRequestHandler } from './aws/request-handler.ts';
import { callName } from './call-name.ts';
import { addCommands } from './command-list.ts';
import { COMPLETE } from './completion-command.ts';
import { name } from './options.ts';
import type { Session } from './session.ts';

interface GlobalOptions {
  readonly stack: string;
  readonly profile?: string;
  readonly region?: string;
  readonly json?: true;
  readonly utc?: true;
  readonly color: boolean;
}

const EXIT_CODES = `
Exit codes:
  0    success; wait: the job completed
  1    wait: the job failed; doctor: found an error;
       dead-letters: not everything was done;
       alerts test: a channel did not take a sample;
       stats, export, report: nobody agreed to what it costs
  2    wait: the job was suspended or deleted
  3    wait: the job completed, but tasks of it did not
  64   wrong usage; several jobs fit what was given for one
  65   the function would reject the notification
  66   no such job, dead letter, alert, or file
  69   no such stack, it is of another version, or it cannot be looked up
  70   AWS rejected another request or cannot be reached
  74   the output cannot be written
  77   no valid AWS credentials
  78   a table has no index, or a setting is off that the command needs
  124  wait: timed out
  130  interrupted`;

/**
 * Runs the command line.
 *
 * @param args the arguments after the command's name
 * @returns the exit code
 */
export async function runCli(
  args: readonly string[],
  signal: AbortSignal,
  output: AbortSignal,
): Promise<number> {
  const program = createProgram(
    callName(),
    'Shows what happened on the farm, and checks and maintains the setup.',
  )
    .version(packageJson.version)
    .option('--stack <name>', 'the CloudFormation stack', name, resourceNames().name)
    .addOption(
      new SuggestedOption('--profile <name>', 'overrides AWS_PROFILE', profileNames).argParser(
        name,
      ),
    )
    .option('--region <name>', 'overrides AWS_REGION', name)
    .option('--json', 'prints one JSON object per line instead of tables')
    .option('--utc', 'shows and reads times in UTC instead of the local time zone')
    .option('--no-color', 'prints without colors')
    .addHelpText('after', EXIT_CODES);

  let work = async () => 0;
  const now = Date.now();
  const run: Run =
    (command) =>
    (...call) => {
      const session = createSession(program.opts<GlobalOptions>(), now, signal, output);
      work = () => command(session, ...call);
    };
  addCommands(program, run, () => ({ now, utc: program.opts<GlobalOptions>().utc ?? false }));
  const [first, ...words] = args;
  // Not a command of Commander's, which would take the options to complete for its own.
  if (first === COMPLETE)
    return (await import('./commands/completion.ts')).complete(program, words);
  return parseCall(program, args) ?? work();
}

function createSession(
  options: GlobalOptions,
  now: number,
  signal: AbortSignal,
  output: AbortSignal,
): Session {
  const { stack, profile, json = false, utc = false, color } = options;
  const { region = process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION } = options;
  const requestHandler = new AwsRequestHandler(profile);
  const account = {
    ...(profile && { profile }),
    ...(region && { region }),
    requestHandler,
    streamCollector: buffer,
    credentials: sharedCredentials({ profile, requestHandler, signal }),
  };
  const screen = screenOf(process.stdout, process.env, !color);
  return { stackName: stack, account, json, utc, now, screen, signal, output };
}
