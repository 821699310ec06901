import { Argument, type Command, Option } from 'commander';
import { parseDuration } from '../terminal/typed-duration.ts';
import type { Clock } from '../terminal/typed-time.ts';
import { addCommand, type Run } from './add-command.ts';
import { addAlertCommands } from './alert-commands.ts';
import { addCompletionCommand } from './completion-command.ts';
import { addDeadLetterCommands } from './dead-letter-commands.ts';
import { addExportCommand } from './export-command.ts';
import { addHistoryPublishCommand } from './history-publish-command.ts';
import {
  addJobFilterOptions,
  addListOptions,
  addStatusOption,
  addTaskOption,
  addTimeSpanOptions,
  addViewOptions,
  groupingOption,
  limitOption,
  longerThanOption,
  name,
  outputOption,
  portOption,
  sinceOption,
  timeoutOption,
  yesOption,
} from './options.ts';

/**
 * Adds all commands to the program. Each command's code is loaded when it is called.
 *
 * @param clock what typed times refer to; its zone is known once the program's own options are parsed
 */
export function addCommands(program: Command, run: Run, clock: () => Clock): void {
  const failed = addCommand(
    program,
    'failed',
    'lists failed jobs and jobs with failed tasks, with the failed frames to paste into Deadline',
    'failed',
    'failed --by worker',
    'failed --since "yesterday 18:00" --until "today 09:00"',
    'failed --user "fx-*" --plugin houdini --worker render-035',
    'failed --since 3d --json | jq -r "select(.task != null) | .worker" | sort | uniq -c',
  );
  addJobFilterOptions(failed, 'only failed tasks of this worker, and jobs with such a task');
  addListOptions(addTimeSpanOptions(failed, '12h', clock).addOption(limitOption()))
    .option('--tasks', 'lists failed tasks, a line each')
    .addOption(
      new Option(
        '--by <cause>',
        'counts failed tasks by what they have in common: is it a machine or a scene?',
      )
        .choices(['worker', 'user', 'plugin', 'reason'])
        .conflicts('tasks'),
    )
    .option('--suspended', 'lists suspended jobs, too')
    .action(
      run(async (session, options) =>
        (await import('./commands/failed.ts')).failed(session, options),
      ),
    );

  const jobs = addCommand(
    program,
    'jobs',
    'lists the jobs that stopped, newest first',
    'jobs --status failed,suspended --since 24h',
    'jobs --user lighting-1 --name sq040 --json',
  );
  addStatusOption(jobs, 'job');
  addJobFilterOptions(jobs, 'only jobs with a task of this worker; reads the tasks of jobs');
  addListOptions(
    addTimeSpanOptions(jobs, '30d', clock).addOption(limitOption().default(20)),
  ).action(
    run(async (session, options) => (await import('./commands/jobs.ts')).jobs(session, options)),
  );

  addCommand(
    program,
    'job',
    'shows one job, its tasks at a glance, and its failed frames, ready to paste',
    'job 5f2eec286ad75c0c9cca7fbc',
    'job sq040_sh0310_cache_v003',
  )
    .addArgument(jobArgument())
    .option('--wide', 'cuts no text')
    .action(
      run(async (session, id, options) =>
        (await import('./commands/job.ts')).job(session, id, options),
      ),
    );

  const tasks = addCommand(
    program,
    'tasks',
    'lists the tasks of a job, by task id',
    'tasks 5f15e68e --status failed',
  );
  addListOptions(
    addStatusOption(tasks, 'task').addArgument(jobArgument()).addOption(limitOption()),
  ).action(
    run(async (session, id, options) =>
      (await import('./commands/tasks.ts')).tasks(session, id, options),
    ),
  );

  const rendering = addCommand(
    program,
    'rendering',
    'lists the tasks that render, longest first; needs the setting `rendering: on`',
    'rendering --longer-than 2h',
    'rendering --by job',
  );
  addListOptions(rendering.addOption(limitOption()))
    .addOption(
      longerThanOption('only tasks that have rendered for longer than this, such as 2h or 90m'),
    )
    .addOption(
      new Option(
        '--by <group>',
        'lists jobs with their progress; reads up to some 4,000 tasks of each',
      ).choices(['job']),
    )
    .option('--all', 'lists ghosts, too: tasks whose job stopped after they started')
    .action(
      run(async (session, options) =>
        (await import('./commands/rendering.ts')).rendering(session, options),
      ),
    );

  const stats = addCommand(
    program,
    'stats',
    'counts the jobs that stopped and their tasks: render time, wasted time, errors, memory, CPU, output; reads all ' +
      'tasks of these jobs, and asks before it if that costs more than a cent',
    'stats --since 7d',
    'stats --since 7d --by department',
    'stats --since "yesterday 18:00" --by worker --sort wasted --limit 10',
    'stats --since 30d --by day --csv > days.csv',
  );
  addListOptions(addTimeSpanOptions(stats, '7d', clock).addOption(limitOption()))
    .addOption(groupingOption())
    .addOption(yesOption())
    .action(
      run(async (session, options) =>
        (await import('./commands/stats.ts')).stats(session, options),
      ),
    );

  const history = addCommand(
    program,
    'history',
    'lists what became of a job and its tasks, with each start and each requeue, oldest first; needs the ' +
      'setting `history`',
    'history 5f15e68e --task 13',
    `history sq040_sh0310_cache_v003 --json | jq -r 'select(.transition == "task-requeued").worker' | sort | uniq -c`,
  );
  addListOptions(addTaskOption(history).addArgument(jobArgument()).addOption(limitOption())).action(
    run(async (session, id, options) =>
      (await import('./commands/history.ts')).history(session, id, options),
    ),
  );
  addHistoryPublishCommand(history, run, clock);

  addCommand(
    program,
    'wait',
    'waits until a job stops, then shows how: exit code 0 if it completed, 1 if it failed, 2 if it was ' +
      'suspended or deleted, 3 if it completed but tasks of it did not, 124 on timeout; works even before ' +
      'the first notification of the job',
    'wait 5f2eec286ad75c0c9cca7fbc --timeout 2h && ./deliver',
    'wait 5f2eec286ad75c0c9cca7fbc --since 2026-11-25T20:00:00Z',
  )
    .addArgument(jobArgument())
    .addOption(timeoutOption('how long to wait, such as 90s or 1h30m (default: no limit)'))
    .addOption(
      sinceOption(
        'ignores stops that were sent before this time, or longer ago than this duration: use it for a ' +
          'job that was resumed or requeued, which Deadline does not report, so the row may still show ' +
          'the earlier stop; written as for jobs',
        clock,
      ),
    )
    .option(
      '--ignore-tasks',
      'ends with 0 for a completed job, even if tasks of it are not completed',
    )
    .action(
      run(async (session, id, options) =>
        (await import('./commands/wait.ts')).wait(session, id, options),
      ),
    );

  const watch = addCommand(
    program,
    'watch',
    'shows what stops and fails, as it happens, a line each, until Ctrl-C; with a job, also each change of ' +
      'its tasks. Looks every five seconds, and ten minutes back: what is stored later than that is not ' +
      'shown. A row has the newest change only, so of several between two looks the last is shown',
    'watch',
    'watch --user "fx-*" --plugin houdini',
    'watch sq040_sh0310_cache_v003 --since 10m',
    'watch --json | jq --unbuffered -r "select(.task == null) | .name"',
  );
  addJobFilterOptions(
    watch,
    'only tasks of this worker, and jobs with such a task; reads the tasks of jobs that stop',
  );
  addViewOptions(watch)
    .addArgument(jobArgument().argOptional())
    .addOption(
      sinceOption(
        'begins with what was sent at this time or later, not with what comes from now on; written as for jobs',
        clock,
      ),
    )
    .action(
      run(async (session, id, options) =>
        (await import('./commands/watch.ts')).watch(session, id, options),
      ),
    );

  addCommand(
    program,
    'board',
    'shows the farm in a browser, live, until Ctrl-C: serves a page to this machine only, and reads the tables with your ' +
      'credentials; changes nothing',
    'board --open',
    'board --port 8466',
  )
    .addOption(portOption())
    .option('--open', 'opens the page in the browser')
    .action(
      run(async (session, options) =>
        (await import('./commands/board.ts')).board(session, options),
      ),
    );

  const report = addCommand(
    program,
    'report',
    'makes the page of the morning: what failed, who rendered how long, the worst machines, and the longest tasks, ' +
      'against the span of the same length before; needs no terminal',
    'report',
    'report --output night.html',
    'report --since "yesterday 18:00" --until "today 09:00" --format md',
  );
  addTimeSpanOptions(report, '24h', clock)
    .addOption(
      new Option(
        '--format <format>',
        "a page to mail or print, Markdown, or text for 80 columns (default: by the ending of the output's name, or text)",
      ).choices(['html', 'md', 'text']),
    )
    .addOption(outputOption())
    .addOption(yesOption())
    .action(
      run(async (session, options) =>
        (await import('./commands/report.ts')).report(session, options),
      ),
    );

  addExportCommand(program, run, clock);
  addAlertCommands(program, run);
  addDeadLetterCommands(program, run);

  addCommand(
    program,
    'doctor',
    'checks each part of the setup, sends a test notification, and says what to fix',
    'doctor',
    'doctor --json | jq -r "select(.ok == false) | .step"',
  )
    .addOption(
      timeoutOption('how long to wait for the test notification, such as 90s or 5m').default(
        parseDuration('60s'),
        '60s',
      ),
    )
    .action(
      run(async (session, options) =>
        (await import('./commands/doctor.ts')).doctor(session, options),
      ),
    );

  addCommand(
    program,
    'send',
    'sends notifications to the queue, to try out a setup: all of them, or none if the function ' +
      'would reject any',
    'send --sample job',
    'send stopped-job.json',
    'send - --force < broken.json',
  )
    .argument('[file...]', 'files with one notification each; - is standard input')
    .addOption(
      new Option('--sample <kind>', "a notification from Deadline's documentation").choices([
        'job',
        'task',
      ]),
    )
    .option('--force', 'also sends what the function would reject')
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
    'adds tasks that failed before the index existed to the index; reads the whole task table once',
    'backfill-index',
  ).action(
    run(async (session) => (await import('./commands/backfill-index.ts')).backfillIndex(session)),
  );

  addCompletionCommand(program, run);
}

/** What is wrong with the choice of what to send; `undefined` if nothing is. */
function fileProblem(files: readonly string[], sample: string | undefined): string | undefined {
  const hasFiles = files.length > 0;
  const hasSample = sample !== undefined;
  if (hasFiles === hasSample) return 'give either files or --sample';
  if (files.filter((file) => file === '-').length > 1)
    return 'standard input can be read only once';
  return undefined;
}

function jobArgument(): Argument {
  const description =
    'its id in Deadline, the first 8 characters of it or more, or, once it has stopped, its name';
  return new Argument('<job>', description).argParser(name);
}
