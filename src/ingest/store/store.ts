import { chunks } from '../../shared/chunks.ts';
import type { Retry } from '../../shared/retry.ts';
import type { NewestBy } from '../../shared/setting-values.ts';
import type { Attributes } from '../item/attribute-value.ts';
import type { Item } from '../item/item.ts';
import { compareVersions, readVersion } from '../item/version.ts';
import type { Change } from './edit.ts';
import { type Outcome, PendingRow } from './pending-row.ts';
import { MAX_KEYS, type Read, type RowStore } from './row-store.ts';

/** The outcomes of the items to store. */
export interface Stored {
  readonly outcomes: ReadonlyMap<Item, Outcome>;
  /** How often another writer came first, between a read and a write. */
  readonly lostRaces: number;
}

/** Pages processed concurrently: covers the stack's default batch of 500, bounds memory for larger events. */
const CONCURRENT_PAGES = 8;

/**
 * Stores the newest notification of each row, unless the stored one is as new or newer. Reads the row, then
 * writes on the condition that it has not changed. If another writer came first or DynamoDB was busy, starts
 * over until time is up. If DynamoDB rejects an item as invalid, tries the row's next newest.
 *
 * @param rows the items of each row, newest first
 */
export async function store(
  rows: readonly (readonly Item[])[],
  tables: RowStore,
  newestBy: NewestBy,
  retry: Retry,
): Promise<Stored> {
  const pending = rows.map((items) => new PendingRow(items));
  const pages = chunks(pending, MAX_KEYS).values();
  await Promise.all(
    Array.from({ length: CONCURRENT_PAGES }, async () => {
      for (const page of pages) await storePage(page, tables, newestBy, retry);
    }),
  );
  return {
    outcomes: new Map(
      pending.flatMap(({ items, outcomes }) =>
        items.map((item, index) => [item, outcomes[index] as Outcome] as const),
      ),
    ),
    lostRaces: pending.reduce((total, { lostRaces }) => total + lostRaces, 0),
  };
}

async function storePage(
  page: readonly PendingRow[],
  tables: RowStore,
  newestBy: NewestBy,
  { signal, backoff }: Retry,
): Promise<void> {
  let open = page;
  let attempt = 0;
  while (open.length > 0 && !signal.aborted) {
    // A row read in an earlier state is written in vain, never wrongly: the write is on condition.
    const isConsistent = attempt > 0;
    await tryOnce(open, tables, newestBy, isConsistent, signal);
    open = open.filter(({ newest }) => newest !== undefined);
    if (open.some(({ retryReason }) => retryReason !== undefined)) await backoff(attempt++);
  }
  for (const row of open) {
    const reason = `out of time: ${row.retryReason ?? 'not tried'}`;
    row.settle({ status: 'notWritten', reason });
  }
}

/** Reads, compares, and writes the newest item of each row once. */
async function tryOnce(
  page: readonly PendingRow[],
  tables: RowStore,
  newestBy: NewestBy,
  isConsistent: boolean,
  signal: AbortSignal,
): Promise<void> {
  const items = page.map(({ newest }) => newest as Item);
  const reads = await tables.read(items, isConsistent, signal);

  const changes: (Change & { readonly row: PendingRow })[] = [];
  page.forEach((row, index) => {
    const item = items[index] as Item;
    const read = reads[index] as Read;
    if ('reason' in read) row.fail(read);
    else if (isStale(item, read.stored, newestBy)) row.settle({ status: 'stale' });
    else changes.push({ row, item, stored: read.stored });
  });

  const failures = await tables.write(changes, signal);
  const now = Date.now();
  changes.forEach(({ row, item }, index) => {
    const failure = failures[index];
    if (failure) row.fail(failure);
    else row.settle({ status: 'written', age: age(item, now) });
  });
}

function isStale({ version }: Item, stored: Attributes | undefined, newestBy: NewestBy): boolean {
  return stored !== undefined && compareVersions(version, readVersion(stored), newestBy) <= 0;
}

/**
 * Never negative, even if SQS's clock is ahead: CloudWatch has no percentiles for metrics with negative
 * values (CloudWatch API reference, `GetMetricStatistics`).
 */
function age({ version }: Item, now: number): number {
  return Math.max(0, now - version.sentTimestamp);
}
