import { screenOf } from '../../terminal/screen.ts';
import { layOut, type Value } from '../../terminal/table.ts';

/** Prints objects as a table under a title, with their fields' names as its head. */
export function showTable(title: string, rows: readonly object[]): void {
  const names = Object.keys(rows[0] ?? {});
  const columns = names.map((name) => ({
    name,
    value: (row: object) => (row as Record<string, Value>)[name],
    elide: 'end' as const,
    width: [8, 40] as const,
  }));
  const { isTerminal, width } = screenOf(process.stdout, process.env);
  const choice = { columns, always: [], further: names };
  const { head, lines } = layOut(rows, choice, isTerminal ? width : Infinity);
  console.log([`\n${title}`, ...(rows.length > 0 ? [head, ...lines] : ['(none)'])].join('\n'));
}
