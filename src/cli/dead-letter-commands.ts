import { Argument, type Command, Option } from 'commander';
import { addCommand, type Run } from './add-command.ts';
import { addListOptions, limitOption, name } from './options.ts';

/** Adds the commands for the dead-letter queue. Each command's code is loaded when it is called. */
export function addDeadLetterCommands(program: Command, run: Run): void {
  const deadLetters = addCommand(
    program,
    'dead-letters',
    'lists, shows, replays, and deletes messages that could not be stored',
    'dead-letters list',
    'dead-letters replay',
  );

  const list = addCommand(
    deadLetters,
    'list',
    'lists when each was sent, what it is about, and why it was rejected',
    'list',
    'list --all --json | jq -r .reason | sort | uniq -c',
  );
  addListOptions(list)
    .addOption(limitOption().default(100))
    .addOption(new Option('--all', 'shows all of them').conflicts('limit'))
    .action(
      run(async (session, options) =>
        (await import('./commands/dead-letters/list.ts')).list(session, options),
      ),
    );

  addCommand(
    deadLetters,
    'show',
    'shows one with its full text',
    'show 6c126677-93e6-4d05-9107-0fcd152d120b',
  )
    .addArgument(messageId())
    .action(
      run(async (session, id) =>
        (await import('./commands/dead-letters/show.ts')).show(session, id),
      ),
    );

  addCommand(
    deadLetters,
    'replay',
    'stores those that can now be stored, with their original send time (unless the row is as new or ' +
      'newer), and deletes them; exit code 1 if any are left',
    'replay',
  ).action(
    run(async (session) => (await import('./commands/dead-letters/replay.ts')).replay(session)),
  );

  addCommand(
    deadLetters,
    'delete',
    'permanently deletes messages, after a confirmation',
    'delete 6c126677-93e6-4d05-9107-0fcd152d120b',
    'delete 6c126677-93e6-4d05-9107-0fcd152d120b --yes',
  )
    .argument('<message id...>', 'ids as shown by list', messageIds)
    .option('--yes', 'skips the confirmation')
    .action(
      run(async (session, ids, options) =>
        (await import('./commands/dead-letters/delete.ts')).remove(session, ids, options),
      ),
    );
}

function messageId(): Argument {
  return new Argument('<message id>', 'the id as shown by list').argParser(name);
}

/** Commander parses one id at a time, and passes the result of the ids before. */
function messageIds(id: string, before: string[] = []): string[] {
  return [...before, name(id)];
}
