import type { Edit } from '../../../src/ingest/store/edit.ts';
import { applyEdit } from './memory-table.ts';
import type { RowState, RowStates } from './row-states.ts';

/** An edit that an invocation has asked for. */
export class PendingEdit {
  /** Tells it from all other edits of its world. */
  readonly id: number;
  readonly row: number;
  readonly #edit: Edit;
  readonly #states: RowStates;
  readonly #results = new Map<RowState, RowState | 'lost'>();

  constructor(id: number, row: number, edit: Edit, states: RowStates) {
    this.id = id;
    this.row = row;
    this.#edit = edit;
    this.#states = states;
  }

  /** The state of the row after the edit; `lost` if the row is not as the edit needs it. */
  apply(state: RowState): RowState | 'lost' {
    const known = this.#results.get(state);
    if (known !== undefined) return known;
    const row = applyEdit(this.#states.row(state), this.#edit);
    const result = row === 'lost' ? row : this.#states.state(row);
    this.#results.set(state, result);
    return result;
  }
}
