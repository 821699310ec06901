import { stringify } from 'csv-stringify/sync';
import { printable } from '../../shared/printable.ts';
import { type ExportColumn, typeOf } from './export-column.ts';
import type { RowSource } from './exported-rows.ts';
import type { Value } from './value-type.ts';

const BYTE_ORDER_MARK = '\ufeff';

type Column = Pick<ExportColumn, 'name' | 'type'>;

/** Rows as JSON, an object a line. What some readers take for a line end is escaped. */
export async function* jsonLines(
  columns: readonly Column[],
  rows: RowSource,
): AsyncGenerator<Uint8Array> {
  const names = columns.map(({ name }) => JSON.stringify(name));
  const texts = columns.map(toText);
  const line = (values: readonly Value[]) => {
    const members = values.map((value, index) => {
      const text = texts[index]?.(value);
      return `${names[index]}:${typeof text === 'bigint' ? text : JSON.stringify(text)}`;
    });
    return `${printable(`{${members.join(',')}}`)}\n`;
  };
  yield* rows((page) => Buffer.from(page.map(line).join('')));
}

/**
 * Rows as CSV with a head (RFC 4180). What is not known is empty. A text that a spreadsheet would take for a formula
 * has a `'` before it.
 *
 * @param bom whether a byte order mark comes first
 */
export async function* csv(
  columns: readonly Column[],
  rows: RowSource,
  bom: boolean,
): AsyncGenerator<Uint8Array> {
  const texts = columns.map(toText);
  if (bom) yield Buffer.from(BYTE_ORDER_MARK);
  yield csvLines([columns.map(({ name }) => name)]);
  const cells = (values: readonly Value[]) => values.map((value, index) => texts[index]?.(value));
  yield* rows((page) => csvLines(page.map(cells)));
}

function csvLines(lines: unknown[][]): Uint8Array {
  return Buffer.from(
    stringify(lines, {
      record_delimiter: 'windows',
      escape_formulas: true,
      cast: { boolean: String },
    }),
  );
}

/** Writes the values of a column as JSON and CSV have them. */
function toText(column: Column): (value: Value) => Value {
  const { inText } = typeOf(column);
  return (value) => (value === null || inText === undefined ? value : inText(value));
}
