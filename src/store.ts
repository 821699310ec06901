import { setTimeout } from 'node:timers/promises';
import type { Failure } from './failure.ts';
import type { Item } from './item.ts';
import { compareVersions, type NewestBy, versionOf } from './newest.ts';
import { chunks, MAX_KEYS, type Tables } from './tables.ts';

/** What became of a notification. One with a reason is not stored, and is reported as failed. */
export type Outcome =
  | { readonly status: 'written' | 'stale' | 'superseded' }
  | { readonly status: 'invalid' | 'notWritten'; readonly reason: string };

/** Pages of rows that are tried at once; each has up to four requests under way. */
const PAGES_AT_ONCE = 4;

/** The longest pause before a round, in ms: the first, and what it doubles up to. */
const FIRST_PAUSE = 25;
const LONGEST_PAUSE = 2_000;

/**
 * Makes each row its newest notification, unless the stored one is as new. It reads the row and
 * writes on the condition that the row is still the one that was read; where another writer came
 * first or DynamoDB was busy it starts over, until the signal says that time is up. An item that
 * DynamoDB finds invalid gives way to the next newest of its row.
 *
 * @param rows the items of each row, newest first
 * @returns what became of each item
 */
export async function store(
  rows: readonly (readonly Item[])[],
  tables: Tables,
  newestBy: NewestBy,
  signal: AbortSignal,
): Promise<Map<Item, Outcome>> {
  const contests = rows.map((items) => new Contest(items));
  let open = contests;
  for (let round = 0; open.length > 0 && !signal.aborted; round += 1) {
    await pause(round, signal);
    const pages = chunks(open, MAX_KEYS).values();
    const tryPages = async () => {
      for (const page of pages) await tryOnce(page, tables, newestBy, signal);
    };
    await Promise.all(Array.from({ length: PAGES_AT_ONCE }, tryPages));
    open = open.filter(({ challenger }) => challenger !== undefined);
  }
  for (const contest of open) {
    contest.settle({ status: 'notWritten', reason: `out of time: ${contest.hindrance}` });
  }
  return new Map(
    contests.flatMap(({ items, outcomes }) =>
      items.map((item, index) => [item, outcomes[index] as Outcome] as const),
    ),
  );
}

/** The items of one row, newest first, of which the first that is not invalid is to be stored. */
class Contest {
  readonly items: readonly Item[];
  /** What became of the items, as far as it is known. */
  readonly outcomes: Outcome[] = [];
  /** What kept the challenger from being stored when it was last tried. */
  hindrance = 'it was not tried';

  constructor(items: readonly Item[]) {
    this.items = items;
  }

  get challenger(): Item | undefined {
    return this.items[this.outcomes.length];
  }

  /** Notes what became of the challenger, and with it of all that it superseded. */
  settle(outcome: Outcome): void {
    const superseded: Outcome = 'reason' in outcome ? outcome : { status: 'superseded' };
    this.outcomes.push(outcome);
    while (this.challenger !== undefined) this.outcomes.push(superseded);
  }

  fail({ result, reason }: Failure): void {
    this.hindrance = reason;
    if (result === 'invalid') this.outcomes.push({ status: 'invalid', reason });
    if (result === 'refused') this.settle({ status: 'notWritten', reason });
  }
}

/** Reads, compares and writes the challengers once. */
async function tryOnce(
  contests: readonly Contest[],
  tables: Tables,
  newestBy: NewestBy,
  signal: AbortSignal,
): Promise<void> {
  const challenges = contests.flatMap((contest) =>
    contest.challenger ? [{ contest, item: contest.challenger }] : [],
  );
  const { rows, failure } = await tables.read(
    challenges.map(({ item }) => item),
    signal,
  );

  const changes = [];
  for (const { contest, item } of challenges) {
    const stored = rows.get(item.id);
    if (!rows.has(item.id)) contest.fail(failure);
    else if (stored && compareVersions(item.version, versionOf(stored), newestBy) <= 0) {
      contest.settle({ status: 'stale' });
    } else changes.push({ contest, item, stored });
  }

  const failures = await tables.write(changes, signal);
  changes.forEach(({ contest }, index) => {
    const failed = failures[index];
    if (failed) contest.fail(failed);
    else contest.settle({ status: 'written' });
  });
}

/** Waits with exponential backoff and full jitter; not at all before the first round. */
async function pause(round: number, signal: AbortSignal): Promise<void> {
  if (round === 0) return;
  const longest = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (round - 1));
  await setTimeout(Math.random() * longest, undefined, { signal }).catch(() => undefined);
}
