import type { SQSRecord } from 'aws-lambda';
import { InvalidNotification } from '../shared/errors.ts';
import type { Retry } from '../shared/retry.ts';
import type { NewestBy } from '../shared/setting-values.ts';
import { type Entry, type EntryRules, toEntry } from './history/entry.ts';
import type { EntryStore } from './history/entry-table.ts';
import { recordEntries } from './history/record-entries.ts';
import { type Item, type RowRules, toItem } from './item/item.ts';
import { newestFirst } from './item/version.ts';
import type { Outcome } from './store/pending-row.ts';
import type { RowStore } from './store/row-store.ts';
import { type Stored, store } from './store/store.ts';

/** A farm's rules for rows, and for which notification is the newest. */
export interface Rules extends RowRules {
  readonly newestBy: NewestBy;
}

/** The history of a farm, where it is on. */
export interface History extends EntryRules {
  readonly table: EntryStore;
  /** Ends before that of the rows, so that there is time for rows whose entries are written. */
  readonly retry: Retry;
}

/** The outcome of a batch. */
export interface Ingested extends Pick<Stored, 'lostRaces'> {
  /** The outcome of each record, in order. */
  readonly outcomes: Outcome[];
}

/** A record: its item or why it has none, and its entry if the history has one of it. */
export interface Parsed {
  readonly item: Item | Outcome;
  readonly entry?: Entry | undefined;
}

/**
 * Parses a batch of SQS records and stores them.
 *
 * @param retry determines when time is up: what is not stored by then is returned as `notWritten`
 * @param history `undefined` where it is off
 */
export async function ingest(
  records: readonly SQSRecord[],
  tables: RowStore,
  rules: Rules,
  retry: Retry,
  history?: History,
): Promise<Ingested> {
  const parsed = records.map((record): Parsed => {
    const item = toItemOrOutcome(record, rules);
    if (history === undefined || !('attributes' in item)) return { item };
    return { item, entry: toEntry(item, record.body, history) };
  });
  return storeParsed(parsed, tables, rules.newestBy, retry, history);
}

/**
 * Stores items as entries of the history, then as rows. An item whose entry is not written is no row, either:
 * a stored row implies the entry of its notification.
 */
export async function storeParsed(
  parsed: readonly Parsed[],
  tables: RowStore,
  newestBy: NewestBy,
  retry: Retry,
  history?: Pick<History, 'table' | 'retry'>,
): Promise<Ingested> {
  const recorded = history ? await record(parsed, history) : parsed.map(({ item }) => item);
  const items = recorded.filter((each) => 'attributes' in each);
  const rows = newestFirst(items, newestBy);
  const { outcomes, lostRaces } = await store(rows, tables, newestBy, retry);
  return {
    outcomes: recorded.map((each) =>
      'attributes' in each ? (outcomes.get(each) as Outcome) : each,
    ),
    lostRaces,
  };
}

/** Writes the entries. Returns the items, or the outcomes of those whose entries were not written. */
async function record(
  parsed: readonly Parsed[],
  { table, retry }: Pick<History, 'table' | 'retry'>,
): Promise<(Item | Outcome)[]> {
  const entries = parsed.flatMap(({ entry }) => entry ?? []);
  const unwritten = await recordEntries(entries, table, retry);
  return parsed.map(({ item, entry }) => {
    const reason = entry && unwritten.get(entry.id);
    return reason === undefined ? item : { status: 'notWritten', reason };
  });
}

/** The item that `toItem` makes of a record, or the reason why it cannot. */
export function toItemOrOutcome(record: SQSRecord, rules?: Partial<RowRules>): Item | Outcome {
  try {
    return toItem(record, rules);
  } catch (error) {
    if (!(error instanceof InvalidNotification)) throw error;
    return { status: 'invalid', reason: error.message };
  }
}
