import type { Command } from 'commander';
import type { Clock } from '../terminal/typed-time.ts';
import { addSubcommand, type Run } from './add-command.ts';
import { addTimeSpanOptions } from './options.ts';

/** Adds `publish` to the command `history`. Its code is loaded when it is called. */
export function addHistoryPublishCommand(history: Command, run: Run, clock: () => Clock): void {
  const publish = addSubcommand(
    history,
    'publish',
    'publishes events again, from the history, such as those that were given up; reads the whole history',
    'publish --since 2026-11-25T20:00:00Z',
    'publish --since "yesterday 18:00" --until "today 09:00"',
  );
  addTimeSpanOptions(publish, undefined, clock).action(
    run(async (session, options) =>
      (await import('./commands/history-publish.ts')).publishHistory(session, options),
    ),
  );
}
