import { NotFound, SeveralJobs } from '../shared/errors.ts';
import { INDEXES } from '../shared/indexes.ts';
import { oneLine } from '../shared/printable.ts';
import { textPattern } from '../shared/text-pattern.ts';
import { type Choice, layOut } from '../terminal/table.ts';
import { isIndexUnreadable } from './aws/index-status.ts';
import type { NotificationRows } from './aws/notification-rows.ts';
import type { JobSummary } from './aws/row-summary.ts';
import { callName } from './call-name.ts';
import { nameColumn, textColumn, timeColumn } from './columns.ts';
import { timesText } from './job/job-title.ts';
import type { Session } from './session.ts';

/** The shortest beginning of an id that is looked up. Deadline's ids begin with the second of submission. */
const SHORTEST = 8;
/** Jobs listed if several fit, at most. */
const LISTED = 5;
/** Blanks before each line of that list. */
const INDENT = 2;
/** A whole id, as Deadline makes them. */
const WHOLE = /^[0-9a-f]{24}$/;

/** The job that was meant. */
export interface MeantJob {
  readonly id: string;
  /** Its row; a job has none until it first stops. */
  readonly row: JobSummary | undefined;
}

/** Nothing was received about a job, and this is how far was looked. */
export interface UnheardJob {
  readonly id: string;
  /** As sentences; empty if there is nothing to add. */
  readonly looked: string;
}

/**
 * Finds the job that is meant: the one with exactly this id, or else the only one of the latest jobs whose id
 * begins so or that has this name. In a name, `*`, `?`, and the `…` of a table stand for other characters.
 *
 * @throws SeveralJobs if there are several
 */
export async function findJob(
  rows: NotificationRows,
  given: string,
  session: Session,
): Promise<MeantJob | UnheardJob> {
  const row = await rows.job(given);
  if (row !== undefined || (await rows.hasTasks(given))) return { id: given, row };
  if (WHOLE.test(given)) return { id: given, looked: '' };
  const latest = await latestFitting(rows, given).catch(withoutIndex);
  if (typeof latest === 'string') return { id: given, looked: latest };
  const [job] = latest.first;
  if (job === undefined) return { id: given, looked: notFoundText(given, latest.read) };
  if (latest.count > 1) throw new SeveralJobs(severalText(given, latest, session));
  return { id: job.job, row: await rows.job(job.job) };
}

/**
 * The same for commands that need something to show.
 *
 * @param isKnown whether something is known of a job that has no rows
 * @throws SeveralJobs if there are several
 * @throws NotFound if nothing was received about the job
 */
export async function findHeardJob(
  rows: NotificationRows,
  given: string,
  session: Session,
  isKnown: (id: string) => Promise<boolean> = async () => false,
): Promise<MeantJob> {
  const found = await findJob(rows, given, session);
  if (!('looked' in found)) return found;
  if (await isKnown(given)) return { id: given, row: undefined };
  const sentences = [
    `There is no notification of job ${oneLine(given)} or its tasks.`,
    'Deadline sends one when a task starts or stops, and when the job stops;',
    `\`${callName()} jobs\` lists the jobs that stopped.`,
    keptText(rows),
    found.looked,
  ];
  throw new NotFound(sentences.filter((sentence) => sentence !== '').join(' '));
}

/**
 * For commands that wait for notifications: a mistyped id would be waited for without an end.
 *
 * @param doing what the command does meanwhile
 */
export function unheardText({ id, looked }: UnheardJob, doing: 'Waiting' | 'Watching'): string {
  const sentences = [
    `Nothing was received about job ${oneLine(id)} or its tasks yet.`,
    looked,
    `${doing} for a job with exactly this id.`,
  ];
  return sentences.filter((sentence) => sentence !== '').join(' ');
}

function keptText({ retentionDays }: NotificationRows): string {
  return retentionDays === undefined ? '' : `Notifications are kept for ${retentionDays} days.`;
}

/** The latest jobs that fit, newest first. */
interface LatestJobs {
  /** At most `LISTED`. */
  readonly first: readonly JobSummary[];
  readonly count: number;
  /** How many jobs were looked at. */
  readonly read: number;
}

async function latestFitting(rows: NotificationRows, given: string): Promise<LatestJobs> {
  const start = beginning(given);
  const isNamed = textPattern(given.replaceAll(/[…~]/g, '*')); // as names are elided in tables
  const first: JobSummary[] = [];
  let [count, read] = [0, 0];
  for await (const job of rows.latestJobs()) {
    read += 1;
    const begins = start !== undefined && job.job.startsWith(start);
    if (!begins && !(job.name && isNamed(job.name))) continue;
    count += 1;
    if (first.length < LISTED) first.push(job);
  }
  return { first, count, read };
}

/** The beginning of an id that was given; `undefined` if it is too short. */
function beginning(given: string): string | undefined {
  const start = given.replace(/…$/, '');
  return start.length >= SHORTEST ? start : undefined;
}

function notFoundText(given: string, read: number): string {
  if (read === 0) return 'No job has stopped yet. A job that has not stopped needs its whole id.';
  const hasNone =
    read === 1
      ? 'The one job that stopped does not have'
      : `None of the last ${read} jobs that stopped has`;
  const [orId, short] =
    beginning(given) === undefined
      ? ['', ` For the beginning of an id, give ${SHORTEST} characters or more.`]
      : [', or an id that begins so', ''];
  return `${hasNone} this name${orId}. A job that has not stopped needs its whole id.${short}`;
}

function severalText(given: string, { first, count }: LatestJobs, session: Session): string {
  const { screen } = session;
  const width = screen.isTerminal ? screen.width : Infinity;
  const { lines } = layOut(first, choice(session), width, INDENT);
  const more = count - first.length;
  const times = timesText(
    first.map(({ sent }) => sent),
    session,
  );
  return [
    `${count} jobs fit ${oneLine(given)}. Give the id of one of them. ${times}`,
    ...lines,
    ...(more > 0 ? [`${' '.repeat(INDENT)}and ${more} more, which stopped before`] : []),
  ].join('\n');
}

/** What tells jobs apart, without colors. */
function choice(session: Session): Choice<JobSummary> {
  return {
    columns: [
      { name: 'id', value: ({ job }) => job },
      nameColumn('job', ({ name }) => name),
      textColumn('user', ({ user }) => user),
      { name: 'status', value: ({ status }) => status },
      timeColumn('time', ({ sent }) => sent, session),
    ],
    always: ['id', 'job', 'time'],
    further: ['status', 'user'],
  };
}

/** @throws any other error */
function withoutIndex(error: unknown): string {
  if (!isIndexUnreadable(error)) throw error;
  const { name, message } = error;
  return (
    `Only whole ids can be looked up, because the index ${INDEXES.jobs.name} cannot be read ` +
    `(${name}: ${message}). \`${callName()} doctor\` says how to fix it.`
  );
}
