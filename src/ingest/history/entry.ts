import { hash } from 'node:crypto';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { EXPIRES_AT } from '../../shared/attribute-names.ts';
import { historyJobId } from '../../shared/history-job-id.ts';
import {
  type InstantText,
  instantTextOf,
  LATEST,
  parseInstantText,
  parseTime,
} from '../../shared/notification-time.ts';
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
  const info = row.notification_info?.M ?? {};
  const status = kind === 'job' ? details.JobStatus : details.Status;
  const transition = transitionOf({ kind, name, status: status?.S });
  if (transition === undefined || !isRecorded(transition, level)) return undefined;

  const { text: instant, ms } = timeOf(item);
  const jobId = row.job_id?.S as string;
  const job_id = historyJobId(jobId);
  const digest = hash('sha256', body, 'hex').slice(0, 8);
  const shortName = name.slice(0, NAME_LENGTH).toWellFormed();
  const at = `${instant}#${row.task_id?.N ?? ''}#${shortName}#${digest}`;
  const attributes: Attributes = {
    job_id: { S: job_id },
    at: { S: at },
    [EXPIRES_AT]: { N: String(expiresAt(ms, days)) },
    transition: { S: transition },
  };
  addText(attributes, 'status', status);
  if (kind === 'job') addJobFields(attributes, details, info);
  else addTaskFields(attributes, details, info, transition, row);
  const cut = job_id === jobId ? [] : ['job_id'];
  return { id: entryId(attributes), attributes: fitted(attributes, TEXTS, cut) };
}

/** The `id` of the entry with this key. */
export function entryId({ job_id, at }: Attributes): string {
  return `${job_id?.S} ${at?.S}`;
}

/** When it happened: as a text to 100 ns, and in ms since the epoch. */
function timeOf({ version }: Item): InstantText {
  return (
    parseInstantText(version.timestamp) ?? instantTextOf(Math.min(version.sentTimestamp, LATEST))
  );
}

/** The attributes that are cut if an entry is too large. */
const TEXTS = [
  ...['status', 'reason', 'worker', 'frames', 'renderTime'],
  ...['name', 'user', 'department', 'plugin', 'pool', 'batch'],
];

function addJobFields(entry: Attributes, details: Attributes, info: Attributes): void {
  addText(entry, 'reason', info.StatusReason);
  addText(entry, 'frames', details.FrameRange);
  addText(entry, 'name', details.JobName);
  addText(entry, 'user', details.UserName);
  addText(entry, 'department', details.Department);
  addText(entry, 'plugin', details.PluginName);
  addText(entry, 'pool', details.Pool);
  addText(entry, 'batch', details.BatchName);
  addCount(entry, 'errors', details.NumberOfErrors);
  addCount(entry, 'tasks', details.NumberOfTasks);
  addTime(entry, 'submitted', details.JobSubmitDateTime);
  addTime(entry, 'started', details.JobStartedDateTime);
  addTime(entry, 'completed', details.JobCompletedDateTime);
}

function addTaskFields(
  entry: Attributes,
  details: Attributes,
  info: Attributes,
  transition: TransitionName,
  { task_id }: Attributes,
): void {
  entry.task = task_id as AttributeValue;
  addText(entry, 'reason', info.StopReason);
  addText(entry, 'worker', details.WorkerName);
  addText(entry, 'frames', details.FrameRange);
  addCount(entry, 'errors', details.NumberOfErrors);
  if (transition !== 'task-started') addText(entry, 'renderTime', details.RenderTime);
}

/** Empty texts and values of other types are left out. */
function addText(entry: Attributes, name: string, value: AttributeValue | undefined): void {
  if (value?.S) entry[name] = value;
}

function addCount(entry: Attributes, name: string, value: AttributeValue | undefined): void {
  const number = Number(value?.N);
  if (Number.isSafeInteger(number) && number >= 0) entry[name] = { N: String(number) };
}

function addTime(entry: Attributes, name: string, value: AttributeValue | undefined): void {
  const ms = parseTime(value?.S);
  if (ms !== undefined) entry[name] = { S: new Date(ms).toISOString() };
}
