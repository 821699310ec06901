import type { SQSRecord } from 'aws-lambda';
import { InvalidNotification } from '../shared/errors.ts';
import type { NewestBy } from '../shared/setting-values.ts';
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

/** The outcome of a batch. */
export interface Ingested extends Pick<Stored, 'lostRaces'> {
  /** The outcome of each record, in order. */
  readonly outcomes: Outcome[];
}

/**
 * Parses a batch of SQS records and stores them as rows.
 *
 * @param retry determines when time is up: what is not stored by then is returned as `notWritten`
 */
export async function ingest(
  records: readonly SQSRecord[],
  tables: RowStore,
  rules: Rules,
  retry: Retry,
): Promise<Ingested> {
  const parsed = records.map((record) => toItemOrOutcome(record, rules));
  const items = parsed.filter((each) => 'attributes' in each);
  const rows = newestFirst(items, rules.newestBy);
  const { outcomes, lostRaces } = await store(rows, tables, rules.newestBy, retry);
  return {
    outcomes: parsed.map((each) => ('attributes' in each ? (outcomes.get(each) as Outcome) : each)),
    lostRaces,
  };
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
