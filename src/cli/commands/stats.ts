import { INDEXES } from '../../shared/indexes.ts';
import { EXIT } from '../../terminal/exit-codes.ts';
import { fieldLines } from '../../terminal/field-list.ts';
import { withBar } from '../../terminal/progress.ts';
import { painted, printLine } from '../../terminal/screen.ts';
import { dayAndTime } from '../../terminal/short-time.ts';
import { type Cell, longestThatFits } from '../../terminal/table.ts';
import { countedText, countText } from '../amount-text.ts';
import { HistoryEntries } from '../aws/history-entries.ts';
import { requireIndexes } from '../aws/index-status.ts';
import type { JobSummary } from '../aws/row-summary.ts';
import { Listing, type ListOptions } from '../listing.ts';
import { agreeToRead } from '../read-cost.ts';
import { open, type Session } from '../session.ts';
import { figureFields } from '../statistics/figure-fields.ts';
import type { Grouping } from '../statistics/grouping.ts';
import { isKnownInPart, NotedHistory } from '../statistics/noted-history.ts';
import { estimateRead } from '../statistics/read-estimate.ts';
import { type JobSource, readJobs } from '../statistics/read-jobs.ts';
import { Statistics } from '../statistics/statistics.ts';
import {
  type FiguresRow,
  rowsOf,
  statisticsTitle,
  statisticsView,
} from '../statistics/statistics-list.ts';
import { stoppedJobs } from '../statistics/stopped-jobs.ts';
import type { Figures } from '../statistics/totals.ts';
import { type TimeSpan, timeSpanText } from '../time-span.ts';

export interface StatsOptions extends TimeSpan, ListOptions {
  /** All in one if it is not set. */
  readonly by?: Grouping;
  /** No limit if not set. */
  readonly limit?: number;
  /** Reads without being asked, whatever it costs. */
  readonly yes?: true;
}

/** Counts the jobs that stopped in a time span, and their tasks. */
export async function stats(session: Session, options: StatsOptions): Promise<number> {
  const { signal, utc } = session;
  const { by, yes = false } = options;
  const listing = new Listing(statisticsView(by, session), options, session);
  const { stack, dynamoDb, rows } = await open(session);
  await requireIndexes(stack, session, [INDEXES.jobs]);
  const jobs = await stoppedJobs(rows, options);
  if (jobs.length === 0) {
    await listing.print([]);
    console.error(`No job stopped ${timeSpanText(options, utc)}.`);
    return 0;
  }

  const isWastedTold = tellsWasted(listing, session, options);
  const level = isWastedTold ? stack.History : 'off';
  const history =
    level === 'off' ? undefined : new NotedHistory(new HistoryEntries(dynamoDb, stack, signal));
  if (!(await agreeToRead(estimateRead(jobs, level), yes, session))) return EXIT.failure;
  const statistics = new Statistics(by, { utc, hasHistory: history !== undefined });
  const read = await count(jobs, { rows, entries: history }, statistics, signal);

  await print(listing, statistics, jobs, session, options);
  if (signal.aborted) {
    const inPart = statistics.total.jobs - read;
    console.error(
      `Interrupted: this is of ${countText(read)} of ${countedText(jobs.length, 'job')}` +
        `${inPart === 0 ? '' : `, and in part of ${countText(inPart)} more`}.`,
    );
    return EXIT.interrupted;
  }
  if (stack.History === 'off' && isWastedTold && !areFields(listing, options)) {
    console.error('Wasted time is not known: the history is off. Set `history: problems`.');
  }
  const begin = (await history?.begin()) ?? -Infinity;
  if (isKnownInPart(jobs, begin)) {
    console.error(
      `The history begins on ${dayAndTime(begin, session)}: what was wasted before is not known.`,
    );
  }
  return 0;
}

/** Whether all figures are told in lines of their own, and not in columns. */
function areFields(listing: Listing<FiguresRow>, { by, columns }: StatsOptions): boolean {
  return by === undefined && listing.isTable && columns === undefined;
}

/** Whether wasted time is told, for which the history has to be read. */
function tellsWasted(
  listing: Listing<FiguresRow>,
  { json }: Session,
  { columns }: ListOptions,
): boolean {
  if (json && columns === undefined) return true;
  return ['wasted', 'wastedSeconds', 'wastedOf', 'wastedTries'].some((name) => listing.shows(name));
}

/**
 * Counts jobs until all are read, or the command is interrupted.
 *
 * @returns how many were read
 */
async function count(
  jobs: readonly JobSummary[],
  source: JobSource,
  statistics: Statistics,
  signal: AbortSignal,
): Promise<number> {
  let read = 0;
  try {
    await withBar('jobs', jobs.length, (onDone) =>
      readJobs(
        jobs,
        source,
        (job) => statistics.addJob(job),
        () => {
          read += 1;
          onDone(1);
        },
      ),
    );
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  return read;
}

async function print(
  listing: Listing<FiguresRow>,
  statistics: Statistics,
  jobs: readonly JobSummary[],
  session: Session,
  options: StatsOptions,
): Promise<void> {
  const { by, limit, wide } = options;
  const { total: figures } = statistics;
  const title = () => statisticsTitle(by, figures, options, session);
  if (areFields(listing, options)) {
    printFigures(figures, title(), wide ? Infinity : session.screen.width, session);
    return;
  }
  const total: FiguresRow = { group: undefined, figures, isTotal: true };
  const rows = by === undefined ? [total] : rowsOf(statistics, by, jobs);
  await listing.print(rows, { limit, title, total: rows.length > 1 ? total : undefined });
}

function printFigures(figures: Figures, title: Cell, width: number, { screen }: Session): void {
  printLine(screen, longestThatFits(title, width));
  const dim = (name: string) => painted(screen, 'dim', name);
  for (const line of fieldLines([{ left: figureFields(figures) }], width, dim)) {
    printLine(screen, line);
  }
}
