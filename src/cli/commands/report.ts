import { INDEXES } from '../../shared/indexes.ts';
import { EXIT } from '../../terminal/exit-codes.ts';
import type { Screen } from '../../terminal/screen.ts';
import { withoutSymbols } from '../../terminal/symbols.ts';
import { HistoryEntries } from '../aws/history-entries.ts';
import { requireIndexes } from '../aws/index-status.ts';
import { jsonLine } from '../output.ts';
import { chosenFormat, outputFile } from '../output-file.ts';
import { htmlReport } from '../report/html-report.ts';
import { markdownReport } from '../report/markdown-report.ts';
import { readReport } from '../report/read-report.ts';
import type { Report } from '../report/report-model.ts';
import { textReport } from '../report/text-report.ts';
import { open, type Session } from '../session.ts';
import type { TimeSpan } from '../time-span.ts';

type Format = 'html' | 'md' | 'text';

export interface ReportOptions extends TimeSpan {
  /** That of the output's ending if it is not set, or else text. */
  readonly format?: Format;
  /** Standard output if it is not set. */
  readonly output?: string;
  /** Reads without being asked. */
  readonly yes?: true;
}

/** The formats that an output's name tells by its ending. */
const ENDINGS = { html: 'html', htm: 'html', md: 'md', markdown: 'md', txt: 'text' } as const;

/** The screen of a file and of mail. */
const PLAIN: Screen = { isTerminal: false, width: 80, isUtf8: true, isColored: false };

/** Reports what happened in a time span. */
export async function report(session: Session, options: ReportOptions): Promise<number> {
  const { screen, signal } = session;
  const { output, yes = false, format: _, ...span } = options;
  const format = chosenFormat({ ...options, json: session.json }, ENDINGS, 'json') ?? 'text';
  await using file = output === undefined ? undefined : await outputFile(output);
  const { stack, dynamoDb, rows } = await open(session);
  await requireIndexes(stack, session, [INDEXES.jobs, INDEXES.failed]);
  const hasHistory = stack.History !== 'off' && stack.HistoryTableName !== undefined;
  const entries = hasHistory ? new HistoryEntries(dynamoDb, stack, signal) : undefined;
  const read = await readReport({ stack, rows, entries }, span, yes, session);
  if (read === undefined) return EXIT.failure;
  const shown = file === undefined && screen.isTerminal ? screen : PLAIN;
  const text = written(read, format, session, shown);
  if (file) {
    await file.write(text);
    await file.finish();
  } else process.stdout.write(screen.isUtf8 || format !== 'text' ? text : withoutSymbols(text));
  return 0;
}

function written(
  report: Report,
  format: Format | 'json',
  session: Session,
  screen: Screen,
): string {
  switch (format) {
    case 'json':
      return `${jsonLine(report)}\n`;
    case 'html':
      return htmlReport(report, session);
    case 'md':
      return markdownReport(report, session);
    case 'text':
      return textReport(report, session, screen);
  }
}
