import type { Attributes } from '../../src/ingest/item/attribute-value.ts';
import type { Change } from '../../src/ingest/store/edit.ts';
import type { Read, RowStore } from '../../src/ingest/store/row-store.ts';
import type { Random } from '../../src/local/farm/random.ts';

/** Eventually consistent reads that answer from the past, in percent. On DynamoDB, very few do. */
const PERCENT_PAST = 30;

/** The states that each row is known to have had, by item id. */
export class RowHistory {
  readonly #states = new Map<string, Attributes[]>();

  add(id: string, state: Attributes): void {
    const states = this.#states.get(id) ?? [];
    this.#states.set(id, [...states, state]);
  }

  /** Any of them, or none, as before the row was there. */
  pick(id: string, random: Random): Attributes | undefined {
    return random.pick([undefined, ...(this.#states.get(id) ?? [])]);
  }
}

/**
 * Answers some eventually consistent reads with an earlier state of the row, which DynamoDB may do, but
 * DynamoDB Local never does.
 */
export class PastReads implements RowStore {
  readonly #tables: RowStore;
  readonly #history: RowHistory;
  readonly #random: Random;

  constructor(tables: RowStore, history: RowHistory, random: Random) {
    this.#tables = tables;
    this.#history = history;
    this.#random = random;
  }

  async read(
    items: Parameters<RowStore['read']>[0],
    isConsistent: boolean,
    signal: AbortSignal,
  ): Promise<Read[]> {
    const reads = await this.#tables.read(items, isConsistent, signal);
    return reads.map((read, index) => {
      const id = items[index]?.id ?? '';
      if ('reason' in read) return read;
      if (read.stored) this.#history.add(id, read.stored);
      const isPast = !isConsistent && this.#random.chance(PERCENT_PAST);
      return isPast ? { stored: this.#history.pick(id, this.#random) } : read;
    });
  }

  async write(changes: readonly Change[], signal: AbortSignal) {
    const failures = await this.#tables.write(changes, signal);
    changes.forEach(({ item }, index) => {
      if (failures[index] === undefined) this.#history.add(item.id, item.attributes);
    });
    return failures;
  }
}
