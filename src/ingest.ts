import type { SQSRecord } from 'aws-lambda';
import { InvalidNotification } from './errors.ts';
import { type Item, toItem } from './item.ts';
import { type NewestBy, newestFirst } from './newest.ts';
import type { Patience } from './patience.ts';
import { type Outcome, store } from './store.ts';
import type { Tables } from './tables.ts';

/**
 * Takes a batch of SQS records from text to rows.
 *
 * @param patience when it ends, what is not stored comes back as `notWritten`
 * @returns what became of each record, in their order
 */
export async function ingest(
  records: readonly SQSRecord[],
  tables: Tables,
  newestBy: NewestBy,
  patience: Patience,
): Promise<Outcome[]> {
  const parsed = records.map(toItemOrOutcome);
  const items = parsed.filter((each) => 'attributes' in each);
  const outcomes = await store(newestFirst(items, newestBy), tables, newestBy, patience);
  return parsed.map((each) => ('attributes' in each ? (outcomes.get(each) as Outcome) : each));
}

/** The item of a record, or why it can have none. */
export function toItemOrOutcome(record: SQSRecord): Item | Outcome {
  try {
    return toItem(record);
  } catch (error) {
    if (!(error instanceof InvalidNotification)) throw error;
    return { status: 'invalid', reason: error.message };
  }
}
