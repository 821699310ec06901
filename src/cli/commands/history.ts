import type { HistoryEntry } from '../../shared/history-entry.ts';
import { printLine } from '../../terminal/screen.ts';
import { longestThatFits } from '../../terminal/table.ts';
import { HistoryEntries } from '../aws/history-entries.ts';
import { timeOf, triesOfEntries } from '../history/entry-summary.ts';
import { historyTitle, sinceText, subject, titledJob } from '../history/history-title.ts';
import { knownSince } from '../history/known-since.ts';
import { transitionsView } from '../history/transition-list.ts';
import { triesText } from '../history/tries-text.ts';
import { paintedTitle } from '../job/job-title.ts';
import { Listing, type ListOptions } from '../listing.ts';
import { findHeardJob, type MeantJob } from '../meant-job.ts';
import { open, type Session } from '../session.ts';

export interface HistoryOptions extends ListOptions {
  /** The ids of tasks; the job and all of its tasks if it is not set. */
  readonly task?: readonly string[];
  /** No limit if not set. */
  readonly limit?: number;
}

/** Lists what became of a job and its tasks, or of some of its tasks, oldest first. */
export async function history(
  session: Session,
  given: string,
  { task: tasks, limit, ...options }: HistoryOptions,
): Promise<number> {
  const { screen, signal } = session;
  const listing = new Listing(transitionsView(session, tasks?.length === 1), options, session);
  const { stack, dynamoDb, rows } = await open(session);
  const entries = new HistoryEntries(dynamoDb, stack, signal);
  const job = await findHeardJob(rows, given, session, async (id) => {
    return (await entries.oldestOfJob(id)) !== undefined;
  });
  const all = entries.ofJob(job.id, tasks);
  const read: HistoryEntry[] = [];
  let titled = titledJob(job, []);
  const count = await listing.print(listing.isTable ? noted(all, read) : all, {
    limit,
    fewer: 'use --task or --limit',
    title: (shown, isMore) => {
      titled = titledJob(job, isMore ? [] : read);
      return historyTitle(titled, tasks, shown, session);
    },
    paintTitle: (text) => (tasks ? text : paintedTitle(text, titled, screen)),
  });
  const hasStarts = stack.History === 'all';
  const began = job.row ? job.row.started : (await rows.firstTask(job.id))?.started;
  const oldest = await entries.oldestOfJob(job.id);
  const since = await knownSince({
    ...{ hasStarts, began },
    oldest: oldest && timeOf(oldest),
    earliest: () => entries.earliest(),
  });
  if (count === 0) {
    console.error(nothingText(hasStarts ? 'transition' : 'problem', tasks, job));
  } else if (read.length === count) {
    const tries = triesOfEntries(read);
    const isWhole = hasStarts && since === undefined && tries.every(({ hasStart }) => hasStart);
    const text = triesText(tries, { of: subject(tasks), isWhole, hasStarts });
    printLine(screen, longestThatFits(text, screen.width));
  }
  if (!hasStarts) {
    console.error('With `history: problems`, starts and completions of tasks are not recorded.');
  }
  if (since !== undefined) console.error(sinceText(since, began as number, session));
  return 0;
}

/** That nothing is recorded and, where tasks were asked for, how many there are. */
function nothingText(
  what: string,
  tasks: readonly string[] | undefined,
  { row }: MeantJob,
): string {
  const nothing = `No ${what} of ${subject(tasks)} was recorded.`;
  if (tasks === undefined || row?.tasks === undefined) return nothing;
  return `${nothing} The job has ${row.tasks} ${row.tasks === 1 ? 'task' : 'tasks'}.`;
}

async function* noted<T>(all: AsyncIterable<T>, into: T[]): AsyncGenerator<T> {
  for await (const each of all) {
    into.push(each);
    yield each;
  }
}
