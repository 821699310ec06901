import type { HistoryEntry } from '../../shared/history-entry.ts';
import type { HistoryEntries } from '../aws/history-entries.ts';
import { timeOf } from '../history/entry-summary.ts';

/** The history of jobs, which notes how far back it goes. */
export class NotedHistory implements Pick<HistoryEntries, 'ofJob'> {
  readonly #entries: HistoryEntries;
  #oldest = Infinity;

  constructor(entries: HistoryEntries) {
    this.#entries = entries;
  }

  async *ofJob(job: string): AsyncGenerator<HistoryEntry> {
    let isFirst = true;
    for await (const entry of this.#entries.ofJob(job)) {
      if (isFirst) this.#oldest = Math.min(this.#oldest, timeOf(entry) ?? Infinity);
      isFirst = false;
      yield entry;
    }
  }

  /**
   * Since when the history is there, in ms since the epoch. Entries older than its table, of messages that waited in
   * the queue, tell that it cannot be told: then 0.
   */
  async begin(): Promise<number> {
    const earliest = await this.#entries.earliest();
    return this.#oldest < earliest ? 0 : earliest;
  }
}
