import { Argument, type Command, Option } from 'commander';
import type { Clock } from '../terminal/typed-time.ts';
import { addCommand, type Run } from './add-command.ts';
import { addTimeSpanOptions, outputOption, yesOption } from './options.ts';

/** Adds the command `export` to the program. Its code is loaded when it is called. */
export function addExportCommand(program: Command, run: Run, clock: () => Clock): void {
  const command = addCommand(
    program,
    'export',
    'writes jobs, their tasks, or the history of a time span for DuckDB, pandas, Excel, and others; docs/export.md has ' +
      'the columns',
    'export tasks --since 7d --output tasks.parquet',
    'export jobs --since 2026-11-01 --until 2026-12-01 --bom --output november.csv',
    `export history --since 24h --format jsonl | jq -r 'select(.transition == "task-requeued").worker' | sort | uniq -c`,
  ).addArgument(
    new Argument(
      '<kind>',
      'jobs that stopped, the tasks of these jobs, or the history, which is read whole',
    ).choices(['jobs', 'tasks', 'history']),
  );
  addTimeSpanOptions(command, '7d', clock)
    .addOption(
      new Option(
        '--format <format>',
        "how rows are written (default: by the ending of the output's name)",
      ).choices(['jsonl', 'csv', 'parquet']),
    )
    .addOption(outputOption())
    .option('--bom', 'begins CSV with a byte order mark, by which Excel knows UTF-8')
    .addOption(yesOption())
    .action(
      run(async (session, kind, options) =>
        (await import('./commands/export.ts')).exportRows(session, kind, options),
      ),
    );
}
