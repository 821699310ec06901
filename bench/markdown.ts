import { markdownTable } from 'markdown-table';
import type { Figure } from './figure.ts';

/** What a benchmark has found: of each row the same columns. */
export interface Table {
  readonly title: string;
  readonly rows: readonly Row[];
}

export type Row = Readonly<Record<string, string | number | Figure>>;

/** A table in Markdown, aligned for a terminal; a figure of several rounds as its median and its range. */
export function markdown({ title, rows }: Table): string {
  const head = Object.keys(rows[0] ?? {});
  const body = rows.map((row) => head.map((column) => shown(row[column] as Row[string])));
  const align = head.map((_, column) => (column === 0 ? 'l' : 'r'));
  return `${title}:\n\n${markdownTable([head, ...body], { align })}`;
}

function shown(cell: Row[string]): string {
  if (typeof cell === 'string') return cell;
  if (typeof cell === 'number') return digits(cell);
  return `${digits(cell.median)} (${digits(cell.min)}-${digits(cell.max)})`;
}

/** With three digits that count, at least. */
function digits(value: number): string {
  const maximumFractionDigits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value) || 1)));
  return value.toLocaleString('en-US', { maximumFractionDigits });
}
