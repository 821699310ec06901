import { type Command, Option } from 'commander';
import { count, duration, name, timeout } from './options.ts';
import type { Session } from './session.ts';
import { statusOf } from './status.ts';

/** Adds a command, with examples of how it is called. */
export type Add = (usage: string, description: string, ...examples: string[]) => Command;

/** Makes an action of what a command does; commander calls it with arguments, then options. */
export type Run = <T extends unknown[]>(
  work: (session: Session, ...args: T) => Promise<number>,
) => (...args: T) => Promise<void>;

/** All commands. What a command does is loaded when it is called. */
export function addCommands(add: Add, run: Run): void {
  add(
    'jobs',
    'lists the jobs that have stopped, the newest first',
    'jobs --status Failed --since 24h',
    'jobs --user lighting-1 --json',
  )
    .addOption(status('of this status: Completed, Failed, Suspended, …'))
    .option('--user <name>', 'of this user', name)
    .addOption(since('30d'))
    .addOption(limit().default(20))
    .action(
      run(async (session, options) => (await import('./commands/jobs.ts')).jobs(session, options)),
    );

  add('job', 'shows one job, and counts its tasks by status', 'job 5f2eec286ad75c0c9cca7fbc')
    .argument('<job id>', 'its JobID', name)
    .action(run(async (session, id) => (await import('./commands/job.ts')).job(session, id)));

  add(
    'tasks',
    'lists the tasks of a job, in their order',
    'tasks 5f15e68eb8274818a0570167 --status Failed',
  )
    .argument('<job id>', 'its JobID', name)
    .addOption(status('of this status: Completed, Failed, Rendering, …'))
    .addOption(limit())
    .action(
      run(async (session, id, options) =>
        (await import('./commands/tasks.ts')).tasks(session, id, options),
      ),
    );

  add(
    'failed',
    'lists the jobs that have failed or are suspended, and the tasks that have failed, the newest first',
    'failed',
    'failed --since 3d --json | jq -r .worker | sort | uniq -c',
  )
    .addOption(since('12h'))
    .addOption(limit())
    .action(
      run(async (session, options) =>
        (await import('./commands/failed.ts')).failed(session, options),
      ),
    );

  add(
    'index',
    'puts tasks into the index that failed before there was one; reads the whole table of tasks, once',
    'index',
  ).action(
    run(async (session) => (await import('./commands/backfill-index.ts')).indexTasks(session)),
  );

  add(
    'doctor',
    'looks at each part of the set-up, sends a notification of its own, and says what to mend',
    'doctor',
    'doctor --json | jq -r "select(.ok == false) | .step"',
  )
    .addOption(timeLimit(' for the row of its notification').default(duration('60s'), '60s'))
    .action(
      run(async (session, options) =>
        (await import('./commands/doctor.ts')).doctor(session, options),
      ),
    );

  add(
    'wait',
    'waits until a job stops, and shows how: exit code 0 if it completed, 1 if it failed, 2 if it was ' +
      'suspended or deleted, 124 if the time is up; a job of which nothing has come yet is waited for',
    'wait 5f2eec286ad75c0c9cca7fbc --timeout 2h',
    'wait 5f2eec286ad75c0c9cca7fbc --again && ./deliver',
  )
    .argument('<job id>', 'its JobID', name)
    .addOption(timeLimit(', if not for good'))
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

  add(
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
    .action(
      run(async (session, files, options, command) => {
        const problem = problemOfFiles(files, options.sample);
        if (problem !== undefined) command.error(`error: ${problem}`);
        return (await import('./commands/send.ts')).send(session, files, options);
      }),
    );
}

/** Why one cannot tell what to send. */
function problemOfFiles(files: readonly string[], sample: string | undefined): string | undefined {
  const isOfFiles = files.length > 0;
  const isOfSample = sample !== undefined;
  if (isOfFiles === isOfSample) return 'name files, or one --sample';
  if (files.filter((file) => file === '-').length > 1) return 'there is one standard input';
  return undefined;
}

function status(description: string): Option {
  return new Option('--status <status>', description).argParser(statusOf);
}

function since(fallback: string): Option {
  return new Option('--since <duration>', 'of the last so many hours or days, such as 24h or 7d')
    .argParser(duration)
    .default(duration(fallback), fallback);
}

function timeLimit(whatFor: string): Option {
  const description = `how long to wait${whatFor}, such as 90s or 2h`;
  return new Option('--timeout <duration>', description).argParser(timeout);
}

function limit(): Option {
  return new Option('--limit <number>', 'how many at most').argParser(count);
}
