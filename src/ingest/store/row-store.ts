import type { Attributes } from '../item/attribute-value.ts';
import type { Item } from '../item/item.ts';
import type { Change } from './edit.ts';
import type { Failure } from './failure.ts';

/** What was read of an item's row. */
export type Read = { readonly stored: Attributes | undefined } | Failure;

/** Reads and writes rows of the two tables. Failures are returned, not thrown. */
export interface RowStore {
  /**
   * Reads the rows of up to `MAX_KEYS` items.
   *
   * @param isConsistent whether to read the latest rows, for twice the price. Otherwise, each may be in any
   *   earlier state, and most are the latest
   * @returns what was read for each item, in order; `stored` is `undefined` if there is no row
   */
  read(items: readonly Item[], isConsistent: boolean, signal: AbortSignal): Promise<Read[]>;

  /**
   * Writes each change whose row is still as it was read.
   *
   * @returns for each change, in order, why it was not written; `undefined` if it was
   */
  write(changes: readonly Change[], signal: AbortSignal): Promise<(Failure | undefined)[]>;
}

/** The most items to read at a time: the most keys in a `BatchGetItem` (API reference). */
export const MAX_KEYS = 100;
