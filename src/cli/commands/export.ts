import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { WrongUsage } from '../../shared/errors.ts';
import { quiet } from '../../shared/function-clients.ts';
import { INDEXES } from '../../shared/indexes.ts';
import { oneLine } from '../../shared/printable.ts';
import { EXIT } from '../../terminal/exit-codes.ts';
import { RowCount } from '../../terminal/read-progress.ts';
import { countedText } from '../amount-text.ts';
import { HistoryEntries } from '../aws/history-entries.ts';
import { requireIndexes } from '../aws/index-status.ts';
import { NotificationRows } from '../aws/notification-rows.ts';
import { readStackOutputs } from '../aws/stack-outputs.ts';
import { ENTRY_COLUMNS } from '../export/entry-export-columns.ts';
import type { ExportColumn } from '../export/export-column.ts';
import {
  entriesToRead,
  exportedEntries,
  exportedJobs,
  exportedTasks,
  type RowPages,
  tasksToRead,
} from '../export/exported-rows.ts';
import { JOB_COLUMNS } from '../export/job-export-columns.ts';
import { parquet } from '../export/parquet-format.ts';
import { standardOutput } from '../export/standard-output.ts';
import { TASK_COLUMNS } from '../export/task-export-columns.ts';
import { csv, jsonLines } from '../export/text-formats.ts';
import { chosenFormat, outputFile } from '../output-file.ts';
import { agreeToRead, type Reading } from '../read-cost.ts';
import type { Session } from '../session.ts';
import { leftOutText } from '../statistics/stopped-jobs.ts';
import { type TimeSpan, timeSpanText } from '../time-span.ts';

/** What can be exported, and how. */
export type ExportKind = 'jobs' | 'tasks' | 'history';
type ExportFormat = 'jsonl' | 'csv' | 'parquet';

export interface ExportOptions extends TimeSpan {
  /** That of the output's ending if it is not set. */
  readonly format?: ExportFormat;
  /** A path; standard output if it is not set. */
  readonly output?: string;
  readonly yes?: true;
  readonly bom?: true;
}

/** The formats that an output's name tells by its ending. */
const ENDINGS = { jsonl: 'jsonl', csv: 'csv', parquet: 'parquet' } as const;

/** Attempts to read a page while DynamoDB is busy: an export may be long. */
const ATTEMPTS = 20;

/** What is exported of a kind. */
interface Exported {
  readonly columns: readonly Pick<ExportColumn, 'name' | 'type'>[];
  readonly rows: RowPages;
  /** What is read for it, if that can be much. */
  readonly reading?: () => Promise<Reading>;
  /** What there is not if there are no rows. */
  readonly nothing: string;
}

/** Writes jobs, their tasks, or the history of a time span for other programs, a row at a time. */
export async function exportRows(
  session: Session,
  kind: ExportKind,
  options: ExportOptions,
): Promise<number> {
  const { signal, utc } = session;
  const { output: path, yes = false, bom = false } = options;
  const format = formatOf(options, session);
  await using output = path === undefined ? standardOutput(session) : await outputFile(path);
  let [count, ofUnknownTime] = [0, 0];
  const exported = await openExport(kind, options, session, () => {
    ofUnknownTime += 1;
  });
  const { columns, reading, nothing } = exported;
  if (reading && !(await agreeToRead(await reading(), yes, session))) return EXIT.failure;
  async function* rows() {
    using progress = new RowCount();
    for await (const page of untilAborted(exported.rows, signal)) {
      progress.add(page.length);
      count += page.length;
      yield page;
    }
  }
  for await (const chunk of written(format, columns, rows(), bom)) await output.write(chunk);
  const number = countedText(count, 'row');
  if (signal.aborted) {
    const file = path === undefined ? '' : ` ${oneLine(path)} was not written.`;
    console.error(`Interrupted after ${number}.${file}`);
    return EXIT.interrupted;
  }
  await output.finish();
  if (ofUnknownTime > 0) console.error(leftOutText(ofUnknownTime));
  if (count === 0) console.error(`${nothing} ${timeSpanText(options, utc)}.`);
  if (path !== undefined) console.error(`Wrote ${number} to ${oneLine(path)}.`);
  return 0;
}

async function openExport(
  kind: ExportKind,
  span: TimeSpan,
  session: Session,
  onUnknown: () => void,
): Promise<Exported> {
  const { stackName, account, signal } = session;
  const stack = await readStackOutputs(stackName, account, signal);
  const dynamoDb = quiet(new DynamoDBClient({ ...account, maxAttempts: ATTEMPTS }));
  if (kind === 'history') {
    const entries = new HistoryEntries(dynamoDb, stack, signal);
    return {
      columns: ENTRY_COLUMNS,
      rows: exportedEntries(entries, span),
      reading: () => entriesToRead(entries),
      nothing: 'Nothing was recorded',
    };
  }
  await requireIndexes(stack, session, [INDEXES.jobs]);
  const rows = new NotificationRows(dynamoDb, stack, signal);
  if (kind === 'jobs') {
    return {
      columns: JOB_COLUMNS,
      rows: exportedJobs(rows, span, onUnknown),
      nothing: 'No job stopped',
    };
  }
  return {
    columns: TASK_COLUMNS,
    rows: exportedTasks(rows, span, onUnknown),
    reading: () => tasksToRead(rows, span),
    nothing: 'There is no task of a job that stopped',
  };
}

/** @throws WrongUsage if there is none, or it does not go with the other options */
function formatOf(options: ExportOptions, { json, screen }: Session): ExportFormat {
  const format = chosenFormat({ ...options, json }, ENDINGS, 'jsonl');
  if (format === undefined) {
    throw new WrongUsage(
      'Give --format jsonl, csv, or parquet, or an --output whose name ends with one of these.',
    );
  }
  if (options.bom && format !== 'csv') throw new WrongUsage('--bom goes with CSV only.');
  if (format === 'parquet' && options.output === undefined && screen.isTerminal) {
    throw new WrongUsage('A terminal cannot show Parquet. Give --output <file>, or use a pipe.');
  }
  return format;
}

function written(
  format: ExportFormat,
  columns: Exported['columns'],
  rows: RowPages,
  bom: boolean,
): AsyncIterable<string | Uint8Array> {
  if (format === 'parquet') return parquet(columns, rows);
  return format === 'csv' ? csv(columns, rows, bom) : jsonLines(columns, rows);
}

/** What comes before an interrupt: what is written of it has an end. */
async function* untilAborted<T>(all: AsyncIterable<T>, signal: AbortSignal): AsyncGenerator<T> {
  try {
    for await (const each of all) {
      if (signal.aborted) return;
      yield each;
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
