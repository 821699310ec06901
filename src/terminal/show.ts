import Table from 'cli-table3';
import { printable } from './printable.ts';

/** Prints rows under their fields' names, for a person. What is undefined stays empty. */
export function show(title: string, rows: readonly object[]): void {
  const table = new Table({
    head: Object.keys(rows[0] ?? {}),
    style: { head: [], border: [], compact: true },
  });
  for (const row of rows)
    table.push(Object.values(row).map((value) => printable(String(value ?? ''))));
  console.log(`\n${title}\n${rows.length > 0 ? table.toString() : '(none)'}`);
}
