import type { Item } from '../item/item.ts';
import type { Failure } from './failure.ts';

/**
 * The outcome of a notification. One with a reason was not stored, and is reported as failed. `age` is the
 * time from when SQS received it until it was stored, in ms.
 */
export type Outcome =
  | { readonly status: 'written'; readonly age: number }
  | { readonly status: 'stale' | 'superseded' }
  | { readonly status: 'invalid' | 'notWritten'; readonly reason: string };

/** A row to write: its items, newest first. The first that is not invalid will be stored. */
export class PendingRow {
  readonly items: readonly Item[];
  /** The outcomes of the items so far. */
  readonly outcomes: Outcome[] = [];
  /** Why the last attempt did not store the newest, if a retry may. */
  retryReason: string | undefined;
  lostRaces = 0;

  constructor(items: readonly Item[]) {
    this.items = items;
  }

  /** The item to store next; `undefined` if there is nothing left to do. */
  get newest(): Item | undefined {
    return this.items[this.outcomes.length];
  }

  /** Records the outcome of the newest item, and of all older ones. */
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
