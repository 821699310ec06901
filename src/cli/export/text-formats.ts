import { printable } from '../../shared/printable.ts';
import { csvLines } from '../csv.ts';
import { pagesOf } from '../iterate.ts';
import { type ExportColumn, typeOf } from './export-column.ts';
import type { Value } from './value-type.ts';

/** Rows that are written at once. */
const PAGE = 100;

const BYTE_ORDER_MARK = '\ufeff';

type Column = Pick<ExportColumn, 'name' | 'type'>;

/** Rows as JSON, an object a line. What some readers take for a line end is escaped. */
export async function* jsonLines(
  columns: readonly Column[],
  rows: AsyncIterable<readonly Value[]>,
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
  for await (const page of pagesOf(PAGE, rows)) yield page.map(line).join('');
}

/**
 * Rows as CSV with a head. What is not known is empty.
 *
 * @param bom whether a byte order mark comes first
 */
export async function* csv(
  columns: readonly Column[],
  rows: AsyncIterable<readonly Value[]>,
  bom: boolean,
): AsyncGenerator<string> {
  const texts = columns.map(toText);
  yield `${bom ? BYTE_ORDER_MARK : ''}${csvLines([columns.map(({ name }) => name)])}`;
  for await (const page of pagesOf(PAGE, rows)) {
    yield csvLines(page.map((values) => values.map((value, index) => texts[index]?.(value))));
  }
}

/** Writes the values of a column as JSON and CSV have them. */
function toText(column: Column): (value: Value) => Value {
  const { inText } = typeOf(column);
  return (value) => (value === null || inText === undefined ? value : inText(value));
}
