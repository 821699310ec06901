import { Argument, type Command } from 'commander';
import { addCommand, type Run } from './add-command.ts';
import { name } from './options.ts';

/** Adds the commands that look after the dead-letter queue. What a command does is loaded when it is called. */
export function addDeadLetterCommands(program: Command, run: Run): void {
  const deadLetters = addCommand(
    program,
    'dead-letters',
    'lists, shows, replays and deletes the messages that could not be stored',
    'dead-letters list',
    'dead-letters replay',
  );

  addCommand(
    deadLetters,
    'list',
    'lists when each was sent, what it is about, and why it was refused',
    'list',
    'list --json | jq -r .reason | sort | uniq -c',
  ).action(run(async (session) => (await import('./commands/dead-letters/list.ts')).list(session)));

  addCommand(
    deadLetters,
    'show',
    'shows one, with its text',
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
    'stores what can be stored by now, with the time at which it was first sent, unless the row is as ' +
      'new, and deletes it; exit code 1 if any is left',
    'replay',
  ).action(
    run(async (session) => (await import('./commands/dead-letters/replay.ts')).replay(session)),
  );

  addCommand(
    deadLetters,
    'delete',
    'deletes some for good, after a question',
    'delete 6c126677-93e6-4d05-9107-0fcd152d120b',
    'delete 6c126677-93e6-4d05-9107-0fcd152d120b --yes',
  )
    .argument('<message id...>', 'as list shows them', messageIds)
    .option('--yes', 'without the question')
    .action(
      run(async (session, ids, options) =>
        (await import('./commands/dead-letters/delete.ts')).remove(session, ids, options),
      ),
    );
}

function messageId(): Argument {
  return new Argument('<message id>', 'as list shows it').argParser(name);
}

/** Commander hands over one id at a time, and what the ids before have become. */
function messageIds(id: string, before: string[] = []): string[] {
  return [...before, name(id)];
}
