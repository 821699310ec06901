import type { Item } from '../item/item.ts';
import type { Failure } from './failure.ts';

/**
 * What became of a notification. One with a reason is not stored, and is reported as failed.
 * The age of a written one is the ms from when SQS got it to when it was stored.
 */
export type Outcome =
  | { readonly status: 'written'; readonly age: number }
  | { readonly status: 'stale' | 'superseded' }
  | { readonly status: 'invalid' | 'notWritten'; readonly reason: string };

/** A row that is to be written: its items, newest first. The first that is not invalid is to be stored. */
export class PendingRow {
  readonly items: readonly Item[];
  /** What became of the items, as far as it is known. */
  readonly outcomes: Outcome[] = [];
  /** Why the last try did not store the newest, where the next one may. */
  retryReason: string | undefined;
  lostRaces = 0;

  constructor(items: readonly Item[]) {
    this.items = items;
  }

  /** The item to store next, until there is nothing left to do. */
  get newest(): Item | undefined {
    return this.items[this.outcomes.length];
  }

  /** Notes what became of the newest, and with it of all that are older. */
  settle(outcome: Outcome): void {
    const older: Outcome = outcome.status === 'written' ? { status: 'superseded' } : outcome;
    this.outcomes.push(outcome);
    while (this.newest !== undefined) this.outcomes.push(older);
  }

  fail({ kind, reason }: Failure): void {
    if (kind === 'lost') this.lostRaces += 1;
    if (kind === 'refused') this.settle({ status: 'notWritten', reason });
    if (kind === 'invalid') this.outcomes.push({ status: 'invalid', reason });
    if (kind === 'outOfTime') this.retryReason ??= reason;
    else this.retryReason = kind === 'lost' || kind === 'busy' ? reason : undefined;
  }
}
