import { chunks } from '../../shared/chunks.ts';
import type { Retry } from '../../shared/retry.ts';
import type { Entry } from './entry.ts';
import { type EntryStore, MAX_PUTS } from './entry-table.ts';

/** Requests under way at once. */
const CONCURRENT = 8;

/**
 * Writes entries to the history. What DynamoDB is too busy for is tried again until time is up.
 *
 * @returns why entries were not written, by their ids
 */
export async function recordEntries(
  entries: readonly Entry[],
  table: EntryStore,
  retry: Retry,
): Promise<ReadonlyMap<string, string>> {
  const unwritten = new Map<string, string>();
  const unique = new Map(entries.map((entry) => [entry.id, entry]));
  const batches = chunks([...unique.values()], MAX_PUTS).values();
  await Promise.all(
    Array.from({ length: CONCURRENT }, async () => {
      for (const batch of batches) await recordBatch(batch, table, retry, unwritten);
    }),
  );
  return unwritten;
}

/** @param unwritten receives what was not written, with the reasons */
async function recordBatch(
  batch: readonly Entry[],
  table: EntryStore,
  { signal, backoff }: Retry,
  unwritten: Map<string, string>,
): Promise<void> {
  let open = batch;
  let reason = 'not tried';
  let attempt = 0;
  while (open.length > 0 && !signal.aborted) {
    const failures = await table.put(open, signal);
    const again: Entry[] = [];
    for (const [index, entry] of open.entries()) {
      const failure = failures[index];
      if (failure?.kind === 'busy') reason = failure.reason;
      if (failure?.kind === 'busy' || failure?.kind === 'outOfTime') again.push(entry);
      else if (failure) unwritten.set(entry.id, `history: ${failure.reason}`);
    }
    open = again;
    if (open.length > 0) await backoff(attempt++);
  }
  for (const { id } of open) unwritten.set(id, `history: out of time: ${reason}`);
}
