import Table from 'cli-table3';
import { oneLine } from './printable.ts';

/** What a column keeps of its width at least, in characters, where it has to be wrapped. */
const NARROWEST = 10;
/** What a table has around each cell: two blanks and a line. */
const FRAME = 3;

/**
 * Rows under their fields' names, for a person. What is undefined stays empty.
 *
 * @param paint puts a text in color, where it is to have one
 * @param width of the terminal in characters: where rows do not fit, columns are wrapped, the last first
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
    // The library would break a color's code, too; what has one is short.
    table.push(row.map((text) => ({ content: paint(text), wordWrap: paint(text) === text })));
  }
  return table.toString();
}

/** Prints a table under a title. */
export function show(title: string, rows: readonly object[]): void {
  console.log(`\n${title}\n${rows.length > 0 ? formatTable(rows) : '(none)'}`);
}

/** How wide columns are to be, with blanks around their texts: not given, unless all together are too wide. */
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

/** In characters: where some are wider, as Chinese are, a cell is wrapped sooner. */
function textWidth(text: string): number {
  return Math.max(...text.split('\n').map((line) => line.length));
}
