import Table from 'cli-table3';
import { printable } from './printable.ts';

/**
 * Rows under their fields' names, for a person. What is undefined stays empty.
 *
 * @param paint puts a text in colour, where it is to have one
 */
export function tableOf(rows: readonly object[], paint = (text: string): string => text): string {
  const table = new Table({
    head: Object.keys(rows[0] ?? {}),
    style: { head: [], border: [], compact: true },
  });
  for (const row of rows) {
    table.push(Object.values(row).map((value) => paint(printable(String(value ?? '')))));
  }
  return table.toString();
}

/** Prints a table under a title. */
export function show(title: string, rows: readonly object[]): void {
  console.log(`\n${title}\n${rows.length > 0 ? tableOf(rows) : '(none)'}`);
}
