import type { Row } from '../aws/row-summary.ts';
import { VALUE_TYPES, type Value, type ValueType } from './value-type.ts';

/** A column of an export. Names, types, and units stay as they are from version to version. */
export interface ExportColumn<R extends Row = Row> {
  readonly name: string;
  readonly type: keyof typeof VALUE_TYPES;
  readonly unit?: 'bytes' | 'clocks' | 'percent' | 's';
  /** The path of the field that it is made of. */
  readonly field: string;
  /** What it is, where its name and field do not say it. */
  readonly about?: string;
  /** What it holds, if that is not just the field. */
  readonly value?: (row: R) => unknown;
}

/** The type of a column. */
export function typeOf({ type }: Pick<ExportColumn, 'type'>): ValueType {
  return VALUE_TYPES[type];
}

/** Reads the values of all columns of a row. */
export function reader<R extends Row>(columns: readonly ExportColumn<R>[]): (row: R) => Value[] {
  const readers = columns.map((column) => {
    const { read } = typeOf(column);
    const value = column.value ?? at(column.field);
    return (row: R) => read(value(row));
  });
  return (row) => readers.map((read) => read(row));
}

/** Reads what is at a path of a row; `undefined` if there is nothing. */
function at(path: string): (row: Row) => unknown {
  const [first = '', second] = path.split('.');
  if (second === undefined) return (row) => row[first];
  return (row) => (row[first] as Row | null | undefined)?.[second];
}
