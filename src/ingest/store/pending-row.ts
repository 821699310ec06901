import type { Item } from '../item/item.ts';
import type { Failure } from './failure.ts';

/**
 * What became of a notification. One with a reason is not stored, and is reported as failed.
 * The age of one that is written is the ms from when SQS got it to when it was stored.
 */
export type Outcome =
  | { readonly status: 'written'; readonly age: number }
  | { readonly status: 'stale' | 'superseded' }
  | { readonly status: 'invalid' | 'notWritten'; readonly reason: string };

/** The items of one row, newest first: the first that is not invalid is to be stored. */
export class Candidates {
  readonly items: readonly Item[];
  /** What became of the items, as far as it is known. */
  readonly outcomes: Outcome[] = [];
  /** What kept the newest from being stored when it was last tried, but may not the next time. */
  setback: string | undefined;
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

  fail({ result, reason }: Failure): void {
    if (result === 'lost') this.lostRaces += 1;
    if (result === 'refused') this.settle({ status: 'notWritten', reason });
    if (result === 'invalid') this.outcomes.push({ status: 'invalid', reason });
    if (result === 'outOfTime') this.setback ??= reason;
    else this.setback = result === 'lost' || result === 'busy' ? reason : undefined;
  }
}
