import type { Command, Option } from 'commander';
import type { Clock } from '../terminal/typed-time.ts';
import { addCommand, type Run } from './add-command.ts';
import { addTimeSpanOptions } from './options.ts';

/** Adds `publish` to the command `history`. Its code is loaded when it is called. */
export function addHistoryPublishCommand(history: Command, run: Run, clock: () => Clock): void {
  const publish = addCommand(
    history,
    'publish',
    'publishes events again, from the history, such as those that were given up; reads the whole history',
    'publish --since 2026-11-25T20:00:00Z',
    'publish --since "yesterday 18:00" --until "today 09:00"',
  );
  // The options of `history` would be taken, and explained, as global ones.
  publish
    .configureHelp({
      showGlobalOptions: true,
      visibleGlobalOptions: () => history.createHelp().visibleGlobalOptions(history),
    })
    .hook('preAction', (_, called) => {
      const isGiven = (option: Option) =>
        history.getOptionValueSource(option.attributeName()) === 'cli';
      const foreign = history.options.find(isGiven);
      if (foreign) called.error(`error: unknown option '${foreign.long}'`);
    });
  addTimeSpanOptions(publish, undefined, clock).action(
    run(async (session, options) =>
      (await import('./commands/history-publish.ts')).publishHistory(session, options),
    ),
  );
}
