import { markdownTable } from 'markdown-table';
import type { Figure } from './figure.ts';

/** A table of results. All rows have the same columns as the first. */
export interface Table {
  readonly title: string;
  readonly rows: readonly Row[];
}

export type Row = Readonly<Record<string, Cell>>;
type Cell = string | number | Figure;

/** A table, or text in Markdown. */
export type Block = Table | string;

/** Formats a block as Markdown, with tables aligned for a terminal. Figures show their median and range. */
export function markdown(block: Block): string {
  if (typeof block === 'string') return block;
  const { title, rows } = block;
  const columns = Object.keys(rows[0] ?? {});
  const body = rows.map((row) => columns.map((column) => show(row[column] as Cell)));
  const align = columns.map((column) => (rows.every((row) => isText(row[column])) ? 'l' : 'r'));
  return `${title}:\n\n${markdownTable([columns, ...body], { align })}`;
}

function isText(cell: Cell | undefined): boolean {
  // An amount of money and a number with separators are numbers.
  return typeof cell === 'string' && !/^(\$[\d,.]+|\d{1,3}(,\d{3})+)$/.test(cell);
}

function show(cell: Cell): string {
  if (typeof cell === 'string') return cell;
  if (typeof cell === 'number') return round(cell);
  return `${round(cell.median)} (${round(cell.min)}-${round(cell.max)})`;
}

/** Rounds to at least three significant digits. */
function round(value: number): string {
  const maximumFractionDigits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value) || 1)));
  return value.toLocaleString('en-US', { maximumFractionDigits });
}
