import type { Item } from '../../../src/ingest/item/item.ts';
import { newestFirst } from '../../../src/ingest/item/version.ts';
import { type Edit, toEdit } from '../../../src/ingest/store/edit.ts';
import type { Failure } from '../../../src/ingest/store/failure.ts';
import type { Retry } from '../../../src/ingest/store/retry.ts';
import type { Read, RowStore } from '../../../src/ingest/store/row-store.ts';
import { store } from '../../../src/ingest/store/store.ts';
import type { NewestBy } from '../../../src/shared/setting-values.ts';
import { PendingEdit } from './pending-edit.ts';
import type { RowState, RowStates } from './row-states.ts';
import type { WorldItem } from './worlds.ts';

/** The answer to a request: the state read of each row, or whether each edit was made. */
export type Answer = readonly RowState[] | readonly ('made' | 'lost')[] | 'none';

/** What an invocation does next. */
export type Step =
  | { readonly does: 'read'; readonly rows: readonly number[]; readonly isConsistent: boolean }
  | { readonly does: 'write'; readonly edits: readonly PendingEdit[] }
  /** It has ended, with these items stored or not needed. */
  | { readonly does: 'end'; readonly stored: readonly WorldItem[] };

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
const RETRY: Retry = { signal: new AbortController().signal, backoff: async () => undefined };

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
    const ask = async (step: Step): Promise<Answer> => {
      const { value, done } = left.next();
      if (!done) return value;
      resolve(step);
      return new Promise(() => undefined);
    };
    const stored = store(
      newestFirst(items, this.#newestBy),
      this.#tables(ask),
      this.#newestBy,
      RETRY,
    );
    const end = stored.then(({ outcomes }) => {
      const isStored = (item: WorldItem) => !('reason' in (outcomes.get(item) ?? {}));
      return { does: 'end', stored: items.filter(isStored) } as const;
    });
    return { id: this.#known.size, step: await Promise.race([request, end]), items, answers };
  }

  #tables(ask: (step: Step) => Promise<Answer>): RowStore {
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
        const answer = await ask({ does: 'write', edits });
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
