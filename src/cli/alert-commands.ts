import { Argument, type Command } from 'commander';
import { addCommand, addSubcommand, type Run } from './add-command.ts';
import { addListOptions, name } from './options.ts';

/** Adds the commands for alerts. Each command's code is loaded when it is called. */
export function addAlertCommands(program: Command, run: Run): void {
  const alerts = addCommand(
    program,
    'alerts',
    'lists the alerts as deployed: which transitions are told to whom; needs the setting `alerts`',
    'alerts',
    'alerts --json | jq -r ".to[]" | sort -u',
  );
  addListOptions(alerts).action(
    run(async (session, options) =>
      (await import('./commands/alerts.ts')).alerts(session, options),
    ),
  );

  addSubcommand(
    alerts,
    'test',
    'sends a sample of each transition of an alert to its channels, and says what each answered; exit code 1 ' +
      'if one did not take it',
    'test failures',
    'test failures --json | jq -r "select(.status != \\"sent\\").channel"',
  )
    .addArgument(new Argument('<name>', 'the name of the alert, as in its entry').argParser(name))
    .action(
      run(async (session, alert) =>
        (await import('./commands/alerts-test.ts')).testAlert(session, alert),
      ),
    );
}
