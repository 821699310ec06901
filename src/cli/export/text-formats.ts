import { printable } from '../../shared/printable.ts';
import { csvLines } from '../csv.ts';
import { type ExportColumn, typeOf } from './export-column.ts';
import type { RowPages } from './exported-rows.ts';
import type { Value } from './value-type.ts';

const BYTE_ORDER_MARK = '\ufeff';

type Column = Pick<ExportColumn, 'name' | 'type'>;

/** Rows as JSON, an object a line. What some readers take for a line end is escaped. */
export async function* jsonLines(
  columns: readonly Column[],
  rows: RowPages,
): AsyncGenerator<string> {
  const names = columns.map(({ name }) => JSON.stringify(name));
  const texts = columns.map(toText);
  const line = (values: readonly Value[]) => {
    const members = values.map((value, index) => {
      const text = texts[index]?.(value);
      return `${names[index]}:${typeof text === 'bigint' ? text : JSON.stringify(text)}`;
    });
    return `${printable(`{${members.join(',')}}`)}\n`;
  };
  for await (const page of rows) yield page.map(line).join('');
}

/**
 * Rows as CSV with a head. What is not known is empty.
 *
 * @param bom whether a byte order mark comes first
 */
export async function* csv(
  columns: readonly Column[],
  rows: RowPages,
  bom: boolean,
): AsyncGenerator<string> {
  const texts = columns.map(toText);
  const head = csvLines([columns.map(({ name }) => name)]);
  yield `${bom ? BYTE_ORDER_MARK : ''}${head}`;
  const cells = (values: readonly Value[]) => values.map((value, index) => texts[index]?.(value));
  for await (const page of rows) yield csvLines(page.map(cells));
}

/** Writes the values of a column as JSON and CSV have them. */
function toText(column: Column): (value: Value) => Value {
  const { inText } = typeOf(column);
  return (value) => (value === null || inText === undefined ? value : inText(value));
}
