import Table from 'cli-table3';
import { printable } from './printable.ts';

/** What a column needs at least, to be wrapped. */
const NARROWEST = 20;

/**
 * Rows under their fields' names, for a person. What is undefined stays empty.
 *
 * @param paint puts a text in colour, where it is to have one
 * @param width of the terminal in characters: where they do not fit, the last column is wrapped
 */
export function tableOf(
  rows: readonly object[],
  paint = (text: string): string => text,
  width = process.stdout.columns as number | undefined,
): string {
  const head = Object.keys(rows[0] ?? {});
  const cells = rows.map((row) =>
    Object.values(row).map((value) => paint(printable(String(value ?? '')))),
  );
  const natural = drawn(head, cells);
  if (width === undefined || widthOf(natural) <= width) return natural;
  const others = drawn(
    head.slice(0, -1),
    cells.map((row) => row.slice(0, -1)),
  );
  const left = width - widthOf(others) - 1;
  return left < NARROWEST ? natural : drawn(head, cells, left);
}

/** @param last how wide the last column is, with a blank on both sides; as its longest text, if not given */
function drawn(head: string[], cells: readonly string[][], last?: number): string {
  const table = new Table({
    head,
    style: { head: [], border: [], compact: true },
    ...(last !== undefined && { colWidths: [...head.slice(1).map(() => null), last] }),
    wordWrap: true,
  });
  table.push(...cells);
  return table.toString();
}

/** Of a table, by its upper edge, which has no colours. */
function widthOf(table: string): number {
  return table.indexOf('\n');
}

/** Prints a table under a title. */
export function show(title: string, rows: readonly object[]): void {
  console.log(`\n${title}\n${rows.length > 0 ? tableOf(rows) : '(none)'}`);
}
