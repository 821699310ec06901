import { plainLine } from '../../shared/printable.ts';
import { elideEnd, elideMiddle } from '../../terminal/elide.ts';
import { type Markup, markup } from './markup.ts';
import type { ReportColumn } from './report-columns.ts';

/** The most characters of a name, and of any other text of a column. */
const MOST = { name: 60, text: 24 } as const;

/** The classes of what stands out. */
const ALERTS = { failed: 'some', requeued: 'back' } as const;

/** A column of a table in HTML. */
interface HtmlColumn<Row> {
  /** Empty if it has none. */
  readonly head: string;
  /** The class of its head and of its cells. */
  readonly of?: string;
  readonly cell: (row: Row) => Markup | string;
  /** A class that a cell has besides. */
  readonly alert?: (row: Row) => string | undefined;
}

/** @returns `undefined` if there are no rows */
export function htmlTable<Row>(
  name: string,
  columns: readonly HtmlColumn<Row>[],
  rows: readonly Row[],
): Markup | undefined {
  if (rows.length === 0) return undefined;
  const heads = columns.map(({ head, of = '' }) =>
    head === ''
      ? markup`<td class="${of}"></td>`
      : markup`<th scope="col" class="${of}">${head}</th>`,
  );
  const line = (row: Row) =>
    columns.map(({ of, cell, alert }) => {
      const classes = [of, alert?.(row)].filter(Boolean).join(' ');
      return classes === ''
        ? markup`<td>${cell(row)}</td>`
        : markup`<td class="${classes}">${cell(row)}</td>`;
    });
  return markup`<table class="${name}">
<thead><tr>${heads}</tr></thead>
<tbody>
${rows.map((row) => markup`<tr>${line(row)}</tr>\n`)}</tbody>
</table>`;
}

/** A column as all formats have it. */
export function htmlColumn<Row>(
  { name, value, align, alert }: ReportColumn<Row>,
  of = align === 'right' ? 'number' : '',
): HtmlColumn<Row> {
  return {
    ...{ head: name, of, cell: (row) => elideEnd(value(row), MOST.text) },
    alert: (row) => {
      const alerted = alert?.(row);
      return alerted && ALERTS[alerted];
    },
  };
}

/** A column with something small below its text. */
export function withBelow<Row>(
  column: HtmlColumn<Row>,
  below: (row: Row) => string,
): HtmlColumn<Row> {
  return {
    ...column,
    cell: (row) => markup`${column.cell(row)}<br><small>${below(row)}</small>`,
  };
}

/** A name that is seen, whatever it is of. */
export function seenName(text: string): string {
  return elideMiddle(plainLine(text).trim() || '?', MOST.name);
}
