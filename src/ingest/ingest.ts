import type { SQSRecord } from 'aws-lambda';
import { InvalidNotification } from '../shared/errors.ts';
import type { NewestBy } from '../shared/setting-values.ts';
import { type Item, type RowRules, toItem } from './item/item.ts';
import { newestFirst } from './item/version.ts';
import type { Outcome } from './store/pending-row.ts';
import type { Patience } from './store/retry.ts';
import { type Stored, store } from './store/store.ts';
import type { Tables } from './store/table-client.ts';

/** What a farm has decided about its rows. */
export interface Rules extends RowRules {
  readonly newestBy: NewestBy;
}

/** How a batch fared. */
export interface Ingested extends Pick<Stored, 'lostRaces'> {
  /** What became of each record, in their order. */
  readonly outcomes: Outcome[];
}

/**
 * Takes a batch of SQS records from text to rows.
 *
 * @param patience when it ends, what is not stored comes back as `notWritten`
 */
export async function ingest(
  records: readonly SQSRecord[],
  tables: Tables,
  rules: Rules,
  patience: Patience,
): Promise<Ingested> {
  const parsed = records.map((record) => toItemOrOutcome(record, rules));
  const items = parsed.filter((each) => 'attributes' in each);
  const rows = newestFirst(items, rules.newestBy);
  const { outcomes, lostRaces } = await store(rows, tables, rules.newestBy, patience);
  return {
    outcomes: parsed.map((each) => ('attributes' in each ? (outcomes.get(each) as Outcome) : each)),
    lostRaces,
  };
}

/** The item of a record as `toItem` makes it, or why it can have none. */
export function toItemOrOutcome(record: SQSRecord, rules?: Partial<RowRules>): Item | Outcome {
  try {
    return toItem(record, rules);
  } catch (error) {
    if (!(error instanceof InvalidNotification)) throw error;
    return { status: 'invalid', reason: error.message };
  }
}
