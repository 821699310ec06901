import Table from 'cli-table3';
import stringWidth from 'string-width';
import { oneLine } from '../shared/printable.ts';

/** The minimum width of a wrapped column, unless its head is wider. */
const NARROWEST = 10;
/** What each cell takes besides its text: two blanks and a line. */
const FRAME = 3;

/** A table as text, and the columns that the terminal has no room for. */
export interface FittedTable {
  readonly text: string;
  readonly leftOut: readonly string[];
}

/**
 * Formats rows as a table, with the fields' names as its head. Undefined values are empty. Widths are those
 * on a terminal, where some characters take two columns.
 *
 * @param paint colors a text
 * @param width of the terminal; 0 or `undefined` if it is not known. If rows do not fit, columns are wrapped,
 *   the last first; if that is not enough, the last are left out
 */
export function fitTable(
  rows: readonly object[],
  paint = (text: string): string => text,
  width = process.stdout.columns as number | undefined,
): FittedTable {
  const names = Object.keys(rows[0] ?? {});
  const texts = rows.map((row) => Object.values(row).map((value) => oneLine(String(value ?? ''))));
  const natural = names.map((name, column) =>
    Math.max(...[name, ...texts.map((row) => row[column] ?? '')].map((each) => stringWidth(each))),
  );
  const widths = fitWidths(names, natural, width || Infinity);
  const head = names.slice(0, widths.length);
  const table = new Table({
    head,
    colWidths: widths.map((each) => each + FRAME - 1),
    style: { head: [], border: [], compact: true },
  });
  for (const row of texts) {
    table.push(
      head.map((_, column) => {
        const text = row[column] ?? '';
        const lines = wrap(text, widths[column] ?? 0);
        return lines.map((line) => paint(text).replace(text, () => line)).join('\n');
      }),
    );
  }
  return { text: table.toString(), leftOut: names.slice(head.length) };
}

/** Prints a table under a title. */
export function show(title: string, rows: readonly object[]): void {
  console.log(`\n${title}\n${rows.length > 0 ? fitTable(rows).text : '(none)'}`);
}

/** The widths of the columns that are shown, without the blanks around the text. */
function fitWidths(names: readonly string[], natural: readonly number[], width: number): number[] {
  const least = names.map((name, column) =>
    Math.min(natural[column] as number, Math.max(NARROWEST, stringWidth(name))),
  );
  let count = names.length;
  while (count > 1 && lineWidth(least.slice(0, count)) > width) count -= 1;
  const widths = natural.slice(0, count);
  let excess = lineWidth(widths) - width;
  for (const [column, each] of [...widths.entries()].reverse()) {
    const less = Math.min(each, Math.max(least[column] as number, each - Math.max(0, excess)));
    widths[column] = less;
    excess -= each - less;
  }
  return widths;
}

function lineWidth(widths: readonly number[]): number {
  return widths.reduce((sum, each) => sum + each + FRAME, 1);
}

const CHARACTERS = new Intl.Segmenter();

/** Breaks a text into lines, never inside a character. */
function wrap(text: string, width: number): string[] {
  if (stringWidth(text) <= width) return [text];
  const lines: string[] = [];
  let line = '';
  for (const { segment } of CHARACTERS.segment(text)) {
    if (line !== '' && stringWidth(line + segment) > width) {
      lines.push(line);
      line = '';
    }
    line += segment;
  }
  return [...lines, line];
}
