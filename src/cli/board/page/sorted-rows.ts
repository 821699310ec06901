/** A column of a list, by which it can be sorted. */
export interface SortColumn<Row> {
  readonly name: string;
  readonly head: string;
  readonly isNumber?: boolean;
  /** Undefined for one that cannot be sorted by. */
  readonly by?: (row: Row) => string | number | null;
}

/** Which column, and whether the largest comes first. */
export interface Sort {
  readonly column: string;
  readonly isDown: boolean;
}

/** Reads the sort of a URL: `errors`, or `-errors` for the most first; undefined if there is no such column. */
export function readSortBy<Row>(
  text: string | null,
  columns: readonly SortColumn<Row>[],
): Sort | undefined {
  const column = text?.replace(/^-/, '');
  const isKnown = columns.some(({ name, by }) => name === column && by !== undefined);
  if (!isKnown || column === undefined) return undefined;
  return { column, isDown: text?.startsWith('-') ?? false };
}

/** The sort of a URL after a press on a column's head: the other way round if it is sorted by it already. */
export function pressedSort<Row>(now: Sort, column: SortColumn<Row>): string {
  const isDown = now.column === column.name ? !now.isDown : column.isNumber === true;
  return `${isDown ? '-' : ''}${column.name}`;
}

const ORDER = new Intl.Collator('en', { numeric: true });

/** The rows in order. What is not known comes last, either way. */
export function sortRows<Row>(
  rows: readonly Row[],
  sort: Sort,
  columns: readonly SortColumn<Row>[],
): Row[] {
  const by = columns.find(({ name }) => name === sort.column)?.by;
  if (by === undefined) return [...rows];
  const sign = sort.isDown ? -1 : 1;
  return [...rows].sort((a, b) => {
    const [one, other] = [by(a), by(b)];
    if (one === null || other === null) return Number(one === null) - Number(other === null);
    if (typeof one === 'number' && typeof other === 'number') return sign * (one - other);
    return sign * ORDER.compare(String(one), String(other));
  });
}
