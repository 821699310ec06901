import type { Attributes } from '../../../src/ingest/item/attribute-value.ts';

/** The state of a row, as a number: 0 if there is no row. */
export type RowState = number;

/** Numbers the states that rows have, so that they are quick to compare. */
export class RowStates {
  readonly #rows: (Attributes | undefined)[] = [undefined];
  readonly #numbers = new Map<string, RowState>();

  /** The row in a state. */
  row(state: RowState): Attributes | undefined {
    return this.#rows[state];
  }

  state(row: Attributes): RowState {
    const text = JSON.stringify(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)));
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    this.#numbers.set(text, this.#rows.length);
    return this.#rows.push(row) - 1;
  }
}
