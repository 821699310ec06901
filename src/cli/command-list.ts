import { Argument, type Command, Option } from 'commander';
import { addCommand, type Run } from './add-command.ts';
import { addDeadLetterCommands } from './dead-letter-commands.ts';
import {
  duration,
  limitOption,
  name,
  sinceOption,
  statusOption,
  timeoutOption,
} from './options.ts';

/** Adds all commands to the program. What a command does is loaded when it is called. */
export function addCommands(program: Command, run: Run): void {
  addCommand(
    program,
    'failed',
    'lists the jobs that have failed or are suspended, and the tasks that have failed, the newest first',
    'failed',
    'failed --since 3d --json | jq -r .worker | sort | uniq -c',
  )
    .addOption(sinceOption('12h'))
    .addOption(limitOption())
    .action(
      run(async (session, options) =>
        (await import('./commands/failed.ts')).failed(session, options),
      ),
    );

  addCommand(
    program,
    'jobs',
    'lists the jobs that have stopped, the newest first',
    'jobs --status Failed --since 24h',
    'jobs --user lighting-1 --json',
  )
    .addOption(statusOption('of this status: Completed, Failed, Suspended, …'))
    .option('--user <name>', 'of this user', name)
    .addOption(sinceOption('30d'))
    .addOption(limitOption().default(20))
    .action(
      run(async (session, options) => (await import('./commands/jobs.ts')).jobs(session, options)),
    );

  addCommand(
    program,
    'job',
    'shows one job, and counts its tasks by status',
    'job 5f2eec286ad75c0c9cca7fbc',
  )
    .addArgument(jobId())
    .action(run(async (session, id) => (await import('./commands/job.ts')).job(session, id)));

  addCommand(
    program,
    'tasks',
    'lists the tasks of a job, in their order',
    'tasks 5f15e68eb8274818a0570167 --status Failed',
  )
    .addArgument(jobId())
    .addOption(statusOption('of this status: Completed, Failed, Rendering, …'))
    .addOption(limitOption())
    .action(
      run(async (session, id, options) =>
        (await import('./commands/tasks.ts')).tasks(session, id, options),
      ),
    );

  addCommand(
    program,
    'wait',
    'waits until a job stops, and shows how: exit code 0 if it completed, 1 if it failed, 2 if it was ' +
      'suspended or deleted, 124 if the time is up; a job of which nothing has come yet is waited for',
    'wait 5f2eec286ad75c0c9cca7fbc --timeout 2h',
    'wait 5f2eec286ad75c0c9cca7fbc --again && ./deliver',
  )
    .addArgument(jobId())
    .addOption(timeoutOption(', if not for good'))
    .option(
      '--again',
      'not for a stop that is in the table when the command begins: for a job that was resumed or ' +
        'requeued since, of which Deadline says nothing, so that the row of its earlier stop stays',
    )
    .action(
      run(async (session, id, options) =>
        (await import('./commands/wait.ts')).wait(session, id, options),
      ),
    );

  addDeadLetterCommands(program, run);

  addCommand(
    program,
    'doctor',
    'checks each part of the set-up, sends a notification of its own, and says what to fix',
    'doctor',
    'doctor --json | jq -r "select(.ok == false) | .step"',
  )
    .addOption(timeoutOption(' for the row of its notification').default(duration('60s'), '60s'))
    .action(
      run(async (session, options) =>
        (await import('./commands/doctor.ts')).doctor(session, options),
      ),
    );

  addCommand(
    program,
    'send',
    'puts notifications onto the queue, to try a set-up: all of them, or none if the function would ' +
      'refuse any',
    'send --sample job',
    'send stopped-job.json',
    'send - --force < broken.json',
  )
    .argument('[file...]', 'each with one notification, as Deadline sends it; - is standard input')
    .addOption(
      new Option('--sample <kind>', 'a notification as Deadline documents it').choices([
        'job',
        'task',
      ]),
    )
    .option('--force', 'what the function would refuse, too')
    .hook('preAction', (_, command) => {
      const problem = fileProblem(command.args, command.opts().sample);
      if (problem !== undefined) command.error(`error: ${problem}`);
    })
    .action(
      run(async (session, files, options) =>
        (await import('./commands/send.ts')).send(session, files, options),
      ),
    );

  addCommand(
    program,
    'backfill-index',
    'puts tasks into the index that failed before there was one; reads the whole table of tasks, once',
    'backfill-index',
  ).action(
    run(async (session) => (await import('./commands/backfill-index.ts')).backfillIndex(session)),
  );
}

/** Why one cannot tell what to send. */
function fileProblem(files: readonly string[], sample: string | undefined): string | undefined {
  const hasFiles = files.length > 0;
  const hasSample = sample !== undefined;
  if (hasFiles === hasSample) return 'name files, or one --sample';
  if (files.filter((file) => file === '-').length > 1) return 'there is one standard input';
  return undefined;
}

function jobId(): Argument {
  return new Argument('<job id>', 'its JobID').argParser(name);
}
