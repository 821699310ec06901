import type { SQSRecord } from 'aws-lambda';
import { InvalidNotification } from '../shared/errors.ts';
import type { NewestBy } from '../shared/setting-values.ts';
import { type EntryRules, toEntry } from './history/entry.ts';
import type { EntryStore } from './history/entry-table.ts';
import { recordEntries } from './history/record-entries.ts';
import { type Item, type RowRules, toItem } from './item/item.ts';
import { newestFirst } from './item/version.ts';
import type { Outcome } from './store/pending-row.ts';
import type { Retry } from './store/retry.ts';
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

/**
 * Parses a batch of SQS records and stores them as rows; before, as entries of the history. A record whose entry
 * is not written is not stored, either: a stored row implies the entry of its notification.
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
  const parsed = records.map((record) => toItemOrOutcome(record, rules));
  const recorded = history ? await record(records, parsed, history) : parsed;
  const items = recorded.filter((each) => 'attributes' in each);
  const rows = newestFirst(items, rules.newestBy);
  const { outcomes, lostRaces } = await store(rows, tables, rules.newestBy, retry);
  return {
    outcomes: recorded.map((each) =>
      'attributes' in each ? (outcomes.get(each) as Outcome) : each,
    ),
    lostRaces,
  };
}

/** Writes the entries of a batch. Returns its items, with the outcomes of those whose entries were not written. */
async function record(
  records: readonly SQSRecord[],
  parsed: readonly (Item | Outcome)[],
  { table, retry, ...rules }: History,
): Promise<(Item | Outcome)[]> {
  const entries = parsed.map((each, index) =>
    'attributes' in each ? toEntry(each, (records[index] as SQSRecord).body, rules) : undefined,
  );
  const unwritten = await recordEntries(
    entries.filter((entry) => entry !== undefined),
    table,
    retry,
  );
  return parsed.map((each, index) => {
    const reason = unwritten.get(entries[index]?.id ?? '');
    return reason === undefined ? each : { status: 'notWritten', reason };
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
