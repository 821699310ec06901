import { oneLine } from '../terminal/printable.ts';
import { formatTable } from '../terminal/table.ts';
import type { Session } from './session.ts';
import { painted } from './status.ts';

/** How many rows a table has at most: longer lists are several, so that none of them is held whole. */
const ROWS_OF_A_TABLE = 500;

/** The fields that are times, in ms since the epoch. */
const TIMES = new Set(['sent', 'submitted', 'started', 'completed']);

/** What a person sees of a row, by the names of the columns. */
export type Cells = Readonly<Record<string, string | number | undefined>>;

/**
 * Prints rows as they come, and asks for one more than so many: for a person as tables, or one JSON object
 * a line.
 *
 * @returns how many were printed
 */
export async function print<T extends object>(
  rows: AsyncIterable<T> | Iterable<T>,
  cellsOf: (row: T) => Cells,
  { json, output }: Session,
  limit = Infinity,
): Promise<number> {
  let count = 0;
  let isMore = false;
  let table: Cells[] = [];
  const flush = () => {
    if (table.length > 0) console.log(formatTable(table, painted));
    table = [];
  };
  for await (const row of rows) {
    output.throwIfAborted();
    isMore = count === limit;
    if (isMore) break;
    count += 1;
    if (json) console.log(jsonLine(row));
    else table.push(cellsOf(row));
    if (table.length === ROWS_OF_A_TABLE) flush();
  }
  flush();
  if (isMore) console.error('There are more: raise --limit.');
  return count;
}

/** Prints one object: for a person a line for each of the cells, or as JSON. */
export function printOne(object: object, cells: Cells, { json }: Session): void {
  if (json) {
    console.log(jsonLine(object));
    return;
  }
  const width = Math.max(...Object.keys(cells).map(({ length }) => length));
  for (const [name, value] of Object.entries(cells)) {
    console.log(`${name.padEnd(width)}  ${painted(oneLine(String(value ?? '')))}`);
  }
}

/** An object on one line: times in ISO 8601 and UTC, and null for what is not known. */
export function jsonLine(object: object): string {
  return JSON.stringify(object, (name, value) => {
    if (TIMES.has(name) && typeof value === 'number') return new Date(value).toISOString();
    return value ?? null;
  });
}
