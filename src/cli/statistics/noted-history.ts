import type { HistoryEntry } from '../../shared/history-entry.ts';
import type { HistoryEntries } from '../aws/history-entries.ts';
import type { JobSummary } from '../aws/row-summary.ts';
import { timeOf } from '../history/entry-summary.ts';
import { beginning } from '../job-times.ts';

export type KeptEntries = Pick<HistoryEntries, 'ofJob' | 'earliest' | 'kept'>;

/** The history of jobs, which notes how far back it goes. */
export class NotedHistory implements Pick<HistoryEntries, 'ofJob'> {
  readonly #entries: KeptEntries;
  #oldest = Infinity;

  constructor(entries: KeptEntries) {
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
   * Since when the history is there, in ms since the epoch: since its table is, or for as long as entries are kept.
   * Where entries are older than the table, as of messages that waited in the queue, only the latter tells.
   */
  async begin(): Promise<number> {
    const earliest = await this.#entries.earliest();
    return this.#oldest < earliest ? this.#entries.kept : earliest;
  }
}

/**
 * Whether what was wasted is known only in part: a job began before the history did.
 *
 * @param begin of the history, in ms since the epoch
 */
export function isKnownInPart(jobs: readonly JobSummary[], begin: number): boolean {
  return jobs.some((job) => beginning(job) < begin);
}
