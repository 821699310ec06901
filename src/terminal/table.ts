import Table from 'cli-table3';
import { oneLine } from '../shared/printable.ts';

/** The minimum width of a wrapped column, in characters. */
const NARROWEST = 10;
/** Characters around each cell: two blanks and a line. */
const FRAME = 3;

/**
 * Formats rows as a table, with the fields' names as its head. Undefined values are empty.
 *
 * @param paint colors a text
 * @param width of the terminal in characters: if rows do not fit, columns are wrapped, the last first
 */
export function formatTable(
  rows: readonly object[],
  paint = (text: string): string => text,
  width = process.stdout.columns as number | undefined,
): string {
  const head = Object.keys(rows[0] ?? {});
  const texts = rows.map((row) => Object.values(row).map((value) => oneLine(String(value ?? ''))));
  const table = new Table({
    head,
    ...(width !== undefined && { colWidths: fitted(head, texts, width) }),
    style: { head: [], border: [], compact: true },
    wrapOnWordBoundary: false,
  });
  for (const row of texts) {
    // Wrapping would break color codes; colored texts are short anyway.
    table.push(row.map((text) => ({ content: paint(text), wordWrap: paint(text) === text })));
  }
  return table.toString();
}

/** Prints a table under a title. */
export function show(title: string, rows: readonly object[]): void {
  console.log(`\n${title}\n${rows.length > 0 ? formatTable(rows) : '(none)'}`);
}

/** Column widths, including the blanks around the text; empty if all columns fit. */
function fitted(head: string[], rows: readonly string[][], width: number): number[] {
  const widths = head.map((name, column) =>
    Math.max(...[name, ...rows.map((row) => row[column] ?? '')].map(textWidth)),
  );
  let excess = widths.reduce((sum, each) => sum + each + FRAME, 1) - width;
  if (excess <= 0) return [];
  for (const [column, each] of [...widths.entries()].reverse()) {
    const less = Math.min(each, Math.max(NARROWEST, each - excess));
    widths[column] = less;
    excess = Math.max(0, excess - (each - less));
  }
  return widths.map((each) => each + FRAME - 1);
}

/** In characters. Wide ones, such as Chinese, count as one, so their cells wrap sooner. */
function textWidth(text: string): number {
  return Math.max(...text.split('\n').map((line) => line.length));
}
