import { chunks } from '../../shared/chunks.ts';
import type { NewestBy } from '../../shared/setting-values.ts';
import type { Item } from '../item/item.ts';
import { compareVersions, readVersion } from '../item/version.ts';
import { type Outcome, PendingRow } from './pending-row.ts';
import type { Retry } from './retry.ts';
import { MAX_KEYS, type TableClient } from './table-client.ts';

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
  tables: TableClient,
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
  tables: TableClient,
  newestBy: NewestBy,
  { signal, backoff }: Retry,
): Promise<void> {
  let open = page;
  let attempt = 0;
  while (open.length > 0 && !signal.aborted) {
    await tryOnce(open, tables, newestBy, signal);
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
  tables: TableClient,
  newestBy: NewestBy,
  signal: AbortSignal,
): Promise<void> {
  const wanted = page.map((row) => ({ row, item: row.newest as Item }));
  const { rows, unread } = await tables.read(
    wanted.map(({ item }) => item),
    signal,
  );

  const changes = [];
  for (const { row, item } of wanted) {
    const stored = rows.get(item.id);
    if (!rows.has(item.id)) row.fail(unread);
    else if (stored && compareVersions(item.version, readVersion(stored), newestBy) <= 0) {
      row.settle({ status: 'stale' });
    } else changes.push({ row, item, stored });
  }

  const failures = await tables.write(changes, signal);
  const now = Date.now();
  changes.forEach(({ row, item }, index) => {
    const failure = failures[index];
    if (failure) row.fail(failure);
    else row.settle({ status: 'written', age: age(item, now) });
  });
}

/**
 * Never negative, even if SQS's clock is ahead: CloudWatch has no percentiles for metrics with negative
 * values (CloudWatch API reference, `GetMetricStatistics`).
 */
function age({ version }: Item, now: number): number {
  return Math.max(0, now - version.sentTimestamp);
}
