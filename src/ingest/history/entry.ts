import { hash } from 'node:crypto';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { EXPIRES_AT } from '../../shared/attribute-names.ts';
import { historyJobId } from '../../shared/history-entry.ts';
import { instantText, parseTime } from '../../shared/notification-time.ts';
import { expiresAt } from '../../shared/retention-days.ts';
import type { HistoryLevel } from '../../shared/setting-values.ts';
import { isRecorded, type TransitionName, transitionOf } from '../../shared/transitions.ts';
import type { Attributes } from '../item/attribute-value.ts';
import type { Item } from '../item/item.ts';
import { fitted } from './fitted.ts';

/** What one notification said, as an item of the history's table. */
export interface Entry {
  /** Identifies the entry: the same notification, delivered or sent again, has the same. */
  readonly id: string;
  /** The whole item, including its key: at most `MAX_ENTRY_BYTES`. */
  readonly attributes: Attributes;
}

/** Which notifications have an entry, and how long it is kept. */
export interface EntryRules {
  readonly level: HistoryLevel;
  readonly days: number;
}

/** Characters of a notification's name in a key: the documented names, and enough of others. */
const NAME_LENGTH = 32;
/** The last ms that a text of four digits for the year can name. */
const LATEST = Date.parse('9999-12-31T23:59:59.999Z');

/**
 * The entry of a notification. Depends on the body alone, so that it is the same whenever it is written; where
 * the body has no time, also on when SQS got it.
 *
 * @param item the notification as a row, by any rules
 * @param body the text of the message
 * @returns `undefined` if the history of this level has none of it
 */
export function toEntry(item: Item, body: string, { level, days }: EntryRules): Entry | undefined {
  const { kind, attributes: row } = item;
  const name = row.task_type?.S ?? '';
  const details = (kind === 'job' ? row.job_details : row.task_details)?.M ?? {};
  const status = text(kind === 'job' ? details.JobStatus : details.Status);
  const transition = transitionOf({ kind, name, status });
  if (transition === undefined || !isRecorded(transition, level)) return undefined;

  const { instant, ms } = timeOf(item);
  const jobId = row.job_id?.S as string;
  const job_id = historyJobId(jobId);
  const at = [
    instant,
    row.task_id?.N ?? '',
    name.slice(0, NAME_LENGTH).toWellFormed(),
    hash('sha256', body, 'hex').slice(0, 8),
  ].join('#');
  const info = row.notification_info?.M ?? {};
  const fields =
    kind === 'job' ? jobFields(details, info) : taskFields(details, info, transition, row);
  const attributes: Attributes = {
    job_id: { S: job_id },
    at: { S: at },
    [EXPIRES_AT]: { N: String(expiresAt(ms, days)) },
    transition: { S: transition },
    ...fields.others,
  };
  const cut = job_id === jobId ? [] : ['job_id'];
  return {
    id: entryId(attributes),
    attributes: fitted(attributes, { status, ...fields.texts }, cut),
  };
}

/** The `id` of the entry with this key. */
export function entryId({ job_id, at }: Attributes): string {
  return `${job_id?.S} ${at?.S}`;
}

/** When it happened: as a text to 100 ns, and in ms since the epoch. */
function timeOf({ version }: Item): { instant: string; ms: number } {
  const instant = instantText(version.timestamp);
  if (instant !== undefined) return { instant, ms: parseTime(version.timestamp) as number };
  const ms = Math.min(version.sentTimestamp, LATEST);
  return { instant: `${new Date(ms).toISOString().slice(0, 23)}0000Z`, ms };
}

interface Fields {
  /** Those that may be shortened. */
  readonly texts: Readonly<Record<string, string | undefined>>;
  readonly others: Attributes;
}

function jobFields(details: Attributes, info: Attributes): Fields {
  return {
    texts: {
      reason: text(info.StatusReason),
      frames: text(details.FrameRange),
      name: text(details.JobName),
      user: text(details.UserName),
      department: text(details.Department),
      plugin: text(details.PluginName),
      pool: text(details.Pool),
      batch: text(details.BatchName),
    },
    others: {
      ...count('errors', details.NumberOfErrors),
      ...count('tasks', details.NumberOfTasks),
      ...time('submitted', details.JobSubmitDateTime),
      ...time('started', details.JobStartedDateTime),
      ...time('completed', details.JobCompletedDateTime),
    },
  };
}

function taskFields(
  details: Attributes,
  info: Attributes,
  transition: TransitionName,
  { task_id }: Attributes,
): Fields {
  return {
    texts: {
      reason: text(info.StopReason),
      worker: text(details.WorkerName),
      frames: text(details.FrameRange),
      renderTime: transition === 'task-started' ? undefined : text(details.RenderTime),
    },
    others: { task: task_id as AttributeValue, ...count('errors', details.NumberOfErrors) },
  };
}

function text(value: AttributeValue | undefined): string | undefined {
  return value?.S;
}

function count(name: string, value: AttributeValue | undefined): Attributes {
  const number = Number(value?.N);
  return Number.isSafeInteger(number) && number >= 0 ? { [name]: { N: String(number) } } : {};
}

function time(name: string, value: AttributeValue | undefined): Attributes {
  const ms = parseTime(value?.S);
  return ms === undefined ? {} : { [name]: { S: new Date(ms).toISOString() } };
}
