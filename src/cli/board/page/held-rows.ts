/** The rows of a list, and how many more wait to be shown. */
export interface HeldRows<T> {
  readonly rows: readonly { readonly row: T; readonly isGone: boolean }[];
  readonly waiting: number;
}

/**
 * The rows to show while someone reads the list: those shown before, in their places and with their newest values.
 * New ones wait, and those that left the list stay.
 *
 * @param shown the rows that are shown
 * @param newest the rows as they are now
 */
export function holdRows<T>(
  shown: readonly T[],
  newest: readonly T[],
  keyOf: (row: T) => string,
): HeldRows<T> {
  const byKey = new Map(newest.map((row) => [keyOf(row), row]));
  const keys = new Set(shown.map(keyOf));
  return {
    rows: shown.map((row) => {
      const now = byKey.get(keyOf(row));
      return { row: now ?? row, isGone: now === undefined };
    }),
    waiting: newest.filter((row) => !keys.has(keyOf(row))).length,
  };
}
