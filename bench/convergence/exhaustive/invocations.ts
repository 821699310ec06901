import { toEntry } from '../../../src/ingest/history/entry.ts';
import type { EntryStore } from '../../../src/ingest/history/entry-table.ts';
import { type Parsed, storeParsed } from '../../../src/ingest/ingest.ts';
import type { Item } from '../../../src/ingest/item/item.ts';
import { type Edit, toEdit } from '../../../src/ingest/store/edit.ts';
import type { Failure } from '../../../src/ingest/store/failure.ts';
import type { Read, RowStore } from '../../../src/ingest/store/row-store.ts';
import type { Retry } from '../../../src/shared/retry.ts';
import type { NewestBy } from '../../../src/shared/setting-values.ts';
import { PendingEdit } from './pending-edit.ts';
import type { RowState, RowStates } from './row-states.ts';
import type { WorldItem } from './worlds.ts';

/** The answer to a request: the state read of each row, or what became of each edit or entry. */
export type Answer =
  | readonly RowState[]
  | readonly ('made' | 'lost')[]
  | readonly ('made' | 'refused')[]
  | 'none';

/** What an invocation does next. */
export type Step =
  | { readonly does: 'read'; readonly rows: readonly number[]; readonly isConsistent: boolean }
  /** Writes entries of the history, by their numbers. */
  | { readonly does: 'record'; readonly entries: readonly number[] }
  /** `isRecorded` tells whether the entries of all rows are known to be written. */
  | { readonly does: 'write'; readonly edits: readonly PendingEdit[]; readonly isRecorded: boolean }
  /**
   * It has ended, with these items stored or not needed. `isRecorded` tells whether it knows that their entries are
   * written.
   */
  | { readonly does: 'end'; readonly stored: readonly WorldItem[]; readonly isRecorded: boolean };

/** An invocation at one of its steps. What it does next depends only on the answers that it gets. */
export interface Invocation {
  /** Tells it from all other steps of all invocations of its world. */
  readonly id: number;
  readonly step: Step;
  readonly items: readonly WorldItem[];
  readonly answers: readonly Answer[];
}

const NO_ANSWER: Failure = { kind: 'busy', reason: 'no answer' };
const LOST: Failure = { kind: 'lost', reason: 'another writer came first' };
const REFUSED: Failure = { kind: 'refused', reason: 'no permission' };
/** All of a world's notifications have an entry. */
const HISTORY = { level: 'all', days: 30 } as const;
/** Added to the number of an entry that a message has besides its first. */
const DOUBLED = 100;
const RETRY: Retry = { signal: new AbortController().signal, backoff: async () => undefined };

type Ask = (step: Step) => Promise<Answer>;

/** An item of a world with its entry. */
interface WorldParsed extends Parsed {
  readonly item: WorldItem;
}

/** The id of an item's entry. */
function entryOf(item: Item, parsed: readonly WorldParsed[]): string {
  return parsed.find((each) => each.item === item)?.entry?.id ?? '';
}

/**
 * The invocations of a world, whose next steps are those of the function's own code. Each step is worked out
 * once, by running the code with all answers so far.
 */
export class Invocations {
  readonly #rows: readonly string[];
  readonly #newestBy: NewestBy;
  readonly #states: RowStates;
  readonly #known = new Map<string, Invocation>();
  readonly #missing = new Map<string, () => Promise<Invocation>>();
  readonly #edits = new Map<string, PendingEdit>();
  readonly #entries = new Map<string, number>();

  /** @param rows the ids of the rows, in the order of their numbers */
  constructor(rows: readonly string[], newestBy: NewestBy, states: RowStates) {
    this.#rows = rows;
    this.#newestBy = newestBy;
    this.#states = states;
  }

  /** An invocation at its first step; `undefined` if that is not worked out yet. */
  begin(items: readonly WorldItem[]): Invocation | undefined {
    const key = `begin ${items.map(({ number }) => number)}`;
    return this.#get(key, items, []);
  }

  /** The invocation once it has got an answer; `undefined` if its next step is not worked out yet. */
  next({ id, items, answers }: Invocation, answer: Answer): Invocation | undefined {
    return this.#get(`${id} ${answer}`, items, [...answers, answer]);
  }

  /** Works out all steps that were asked for. */
  async workOut(): Promise<void> {
    for (const [key, run] of this.#missing) this.#known.set(key, await run());
    this.#missing.clear();
  }

  #get(
    key: string,
    items: readonly WorldItem[],
    answers: readonly Answer[],
  ): Invocation | undefined {
    const known = this.#known.get(key);
    if (!known) this.#missing.set(key, () => this.#run(items, answers));
    return known;
  }

  async #run(items: readonly WorldItem[], answers: readonly Answer[]): Promise<Invocation> {
    const { promise: request, resolve } = Promise.withResolvers<Step>();
    const left = answers.values();
    /** Repeats an earlier answer, or waits forever for one that is still to come. */
    const ask: Ask = async (step) => {
      const { value, done } = left.next();
      if (!done) return value;
      resolve(step);
      return new Promise(() => undefined);
    };
    const parsed = items.map((item) => ({ item, entry: toEntry(item, item.body, HISTORY) }));
    const recorded = new Set<string>();
    const stored = storeParsed(
      parsed,
      this.#tables(ask, (item) => recorded.has(entryOf(item, parsed))),
      this.#newestBy,
      RETRY,
      { table: this.#history(ask, parsed, recorded), retry: RETRY },
    );
    const end = stored.then(({ outcomes }) => {
      const isStored = (_: WorldItem, index: number) => !('reason' in (outcomes[index] ?? {}));
      const done = items.filter(isStored);
      const isRecorded = done.every((item) => {
        const id = entryOf(item, parsed);
        return recorded.has(id) && this.#entry(id, parsed) === item.entry;
      });
      return { does: 'end', stored: done, isRecorded } as const;
    });
    return { id: this.#known.size, step: await Promise.race([request, end]), items, answers };
  }

  /** @param recorded receives the ids of the entries that are written */
  #history(ask: Ask, parsed: readonly WorldParsed[], recorded: Set<string>): EntryStore {
    return {
      put: async (entries) => {
        const numbers = entries.map(({ id }) => this.#entry(id, parsed));
        const answer = await ask({ does: 'record', entries: numbers });
        return entries.map(({ id }, index) => {
          if (answer === 'none') return NO_ANSWER;
          if (answer[index] === 'refused') return REFUSED;
          recorded.add(id);
          return undefined;
        });
      },
    };
  }

  /** The number of an entry: that of its message, unless this has another entry already. */
  #entry(id: string, parsed: readonly WorldParsed[]): number {
    const known = this.#entries.get(id);
    if (known !== undefined) return known;
    const message = parsed.find(({ entry }) => entry?.id === id)?.item.entry as number;
    const isDoubled = [...this.#entries.values()].includes(message);
    const number = isDoubled ? DOUBLED + this.#entries.size : message;
    this.#entries.set(id, number);
    return number;
  }

  #tables(ask: Ask, isRecorded: (item: Item) => boolean): RowStore {
    const rowOf = ({ id }: Item) => this.#rows.indexOf(id);
    return {
      read: async (items, isConsistent) => {
        const answer = await ask({ does: 'read', rows: items.map(rowOf), isConsistent });
        return items.map((_, index): Read => {
          if (answer === 'none') return NO_ANSWER;
          return { stored: this.#states.row(answer[index] as RowState) };
        });
      },
      write: async (changes) => {
        const edits = changes.map((change) => this.#edit(rowOf(change.item), toEdit(change)));
        const areRecorded = changes.every(({ item }) => isRecorded(item));
        const answer = await ask({ does: 'write', edits, isRecorded: areRecorded });
        return changes.map((_, index) => {
          if (answer === 'none') return NO_ANSWER;
          return answer[index] === 'lost' ? LOST : undefined;
        });
      },
    };
  }

  /** The same edit is the same object. */
  #edit(row: number, edit: Edit): PendingEdit {
    const where = 'where' in edit && [...edit.where];
    const text = JSON.stringify([row, { ...edit, where }]);
    const known = this.#edits.get(text);
    if (known) return known;
    const pending = new PendingEdit(this.#edits.size, row, edit, this.#states);
    this.#edits.set(text, pending);
    return pending;
  }
}
