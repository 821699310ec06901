import { chunks } from '../../shared/chunks.ts';
import type { NewestBy } from '../../shared/setting-values.ts';
import type { Item } from '../item/item.ts';
import { compareVersions, versionOf } from '../item/version.ts';
import { Candidates, type Outcome } from './pending-row.ts';
import type { Patience } from './retry.ts';
import { MAX_KEYS, type Tables } from './table-client.ts';

/** How items fared. */
export interface Stored {
  /** What became of each. */
  readonly outcomes: ReadonlyMap<Item, Outcome>;
  /** How often another writer came first between reading and writing. */
  readonly lostRaces: number;
}

/**
 * How many pages of rows are under way at once, each by itself: all of a batch as the stack has them
 * unless it is configured otherwise, so that none waits for another's setback, and of a larger event no
 * more than memory allows.
 */
const PAGES_AT_ONCE = 8;

/**
 * Makes each row its newest notification, unless the stored one is as new. It reads the row and
 * writes on the condition that the row is still the one that was read; where another writer came
 * first or DynamoDB was busy it starts over, as long as it has patience. An item that DynamoDB finds
 * invalid gives way to the next newest of its row.
 *
 * @param rows the items of each row, newest first
 */
export async function store(
  rows: readonly (readonly Item[])[],
  tables: Tables,
  newestBy: NewestBy,
  patience: Patience,
): Promise<Stored> {
  const all = rows.map((items) => new Candidates(items));
  const pages = chunks(all, MAX_KEYS).values();
  await Promise.all(
    Array.from({ length: PAGES_AT_ONCE }, async () => {
      for (const page of pages) await settlePage(page, tables, newestBy, patience);
    }),
  );
  return {
    outcomes: new Map(
      all.flatMap(({ items, outcomes }) =>
        items.map((item, index) => [item, outcomes[index] as Outcome] as const),
      ),
    ),
    lostRaces: all.reduce((total, { lostRaces }) => total + lostRaces, 0),
  };
}

async function settlePage(
  page: readonly Candidates[],
  tables: Tables,
  newestBy: NewestBy,
  { signal, pause }: Patience,
): Promise<void> {
  let open = page;
  let setbacks = 0;
  while (open.length > 0 && !signal.aborted) {
    await tryOnce(open, tables, newestBy, signal);
    open = open.filter(({ newest }) => newest !== undefined);
    if (open.some(({ setback }) => setback !== undefined)) await pause(setbacks++);
  }
  for (const candidates of open) {
    const reason = `out of time: ${candidates.setback ?? 'not tried'}`;
    candidates.settle({ status: 'notWritten', reason });
  }
}

/** Reads, compares and writes the newest of each row once. */
async function tryOnce(
  page: readonly Candidates[],
  tables: Tables,
  newestBy: NewestBy,
  signal: AbortSignal,
): Promise<void> {
  const wanted = page.map((candidates) => ({ candidates, item: candidates.newest as Item }));
  const { rows, unread } = await tables.read(
    wanted.map(({ item }) => item),
    signal,
  );

  const changes = [];
  for (const { candidates, item } of wanted) {
    const stored = rows.get(item.id);
    if (!rows.has(item.id)) candidates.fail(unread);
    else if (stored && compareVersions(item.version, versionOf(stored), newestBy) <= 0) {
      candidates.settle({ status: 'stale' });
    } else changes.push({ candidates, item, stored });
  }

  const failures = await tables.write(changes, signal);
  const now = Date.now();
  changes.forEach(({ candidates, item }, index) => {
    const failure = failures[index];
    if (failure) candidates.fail(failure);
    else candidates.settle({ status: 'written', age: ageOf(item, now) });
  });
}

/**
 * Never negative, though SQS's clock may be ahead: CloudWatch gives no percentiles of a metric that
 * has negative values (CloudWatch API reference, `GetMetricStatistics`).
 */
function ageOf({ version }: Item, now: number): number {
  return Math.max(0, now - version.sentTimestamp);
}
