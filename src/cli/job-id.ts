import { NotFound } from '../shared/errors.ts';
import { INDEXES } from '../shared/indexes.ts';
import { oneLine } from '../shared/printable.ts';
import { COMMAND } from '../shared/resource-names.ts';
import type { NotificationRows } from './aws/notification-rows.ts';
import type { JobSummary } from './aws/row-summary.ts';

/** The shortest beginning of an id that is looked up. */
const SHORTEST = 4;
/** Ids named if a beginning means several, at most. */
const NAMED = 5;
/** A whole id, as Deadline makes them. */
const WHOLE = /^[0-9a-f]{24}$/;

/** The job that an id, or the beginning of one, means. */
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
 * begins so, which it says on standard error.
 *
 * @throws NotFound if there are several
 */
export async function findJob(
  rows: NotificationRows,
  given: string,
): Promise<MeantJob | UnheardJob> {
  const row = await rows.job(given);
  if (row !== undefined || (await rows.hasTasks(given))) return { id: given, row };
  if (WHOLE.test(given)) return { id: given, looked: '' };
  const start = given.replace(/(…|\.\.\.)$/, ''); // as it is cut in a table
  if (start.length < SHORTEST) {
    const looked = `For the beginning of an id, give ${SHORTEST} characters or more.`;
    return { id: given, looked };
  }
  const latest = await rows.latestJobsBeginningWith(start).catch(withoutIndex);
  if (typeof latest === 'string') return { id: given, looked: latest };
  const [id, ...others] = latest.ids;
  if (id === undefined) {
    const jobs = latest.read === 1 ? 'the one job' : `the last ${latest.read} jobs`;
    const looked = `No id of ${jobs} that stopped begins with it. A job that has not stopped needs its whole id.`;
    return { id: given, looked };
  }
  if (others.length > 0) throw several(given, latest.ids);
  console.error(oneLine(`${given} is the beginning of job ${id}.`));
  return { id, row: await rows.job(id) };
}

/**
 * The same for commands that need something to show.
 *
 * @throws NotFound if there are several, or if nothing was received about the job
 */
export async function findHeardJob(rows: NotificationRows, given: string): Promise<MeantJob> {
  const found = await findJob(rows, given);
  if (!('looked' in found)) return found;
  const sentences = [
    `There is no notification of job ${oneLine(given)} or its tasks.`,
    'Deadline sends one when a task starts or stops, and when the job stops;',
    `\`${COMMAND} jobs\` lists the jobs that stopped.`,
    keptText(rows),
    found.looked,
  ];
  throw new NotFound(sentences.filter((sentence) => sentence !== '').join(' '));
}

function keptText({ retentionDays }: NotificationRows): string {
  return retentionDays === undefined ? '' : `Notifications are kept for ${retentionDays} days.`;
}

function several(start: string, ids: readonly string[]): NotFound {
  const named = ids.slice(0, NAMED).join(', ');
  const more = ids.length > NAMED ? `, and ${ids.length - NAMED} more` : '';
  return new NotFound(
    oneLine(
      `${start} is the beginning of ${ids.length} job ids: ${named}${more}. Give more of the id.`,
    ),
  );
}

/**
 * Tables of one's own may have no index, it may still be created, or reading it may not be allowed.
 *
 * @throws any other error
 */
function withoutIndex(error: unknown): string {
  const { name, message } = error as Error;
  if (name !== 'ValidationException' && name !== 'AccessDeniedException') throw error;
  return (
    `Only whole ids can be looked up, because the index ${INDEXES.jobs.name} cannot be read ` +
    `(${name}: ${message}). \`${COMMAND} doctor\` says how to fix it.`
  );
}
