import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import { type ExportColumn, typeOf } from './export-column.ts';
import type { RowPages } from './exported-rows.ts';
import type { SchemaElement, Value } from './value-type.ts';

/** What a row group holds at most: rows, and characters of their texts. All of it is in memory. */
const [MOST_ROWS, MOST_CHARACTERS] = [10_000, 32 * 2 ** 20];

type Column = Pick<ExportColumn, 'name' | 'type'>;

/** Rows as an Apache Parquet file, compressed with Snappy, a row group at a time. */
export async function* parquet(
  columns: readonly Column[],
  rows: RowPages,
): AsyncGenerator<Uint8Array> {
  const bytes = new ByteWriter();
  const file = new ParquetWriter({ writer: bytes, schema: schemaOf(columns) });
  for await (const group of groups(columns, rows)) {
    const columnData = columns.map(({ name }, index) => ({ name, data: group[index] as Value[] }));
    file.write({ columnData, rowGroupSize: MOST_ROWS });
    yield taken(bytes);
  }
  file.finish();
  yield taken(bytes);
}

function schemaOf(columns: readonly Column[]): SchemaElement[] {
  return [
    { name: 'rows', num_children: columns.length },
    ...columns.map((column) => ({
      ...typeOf(column).parquet,
      name: column.name,
      repetition_type: 'OPTIONAL' as const,
    })),
  ];
}

/** The values of a row group's columns. */
async function* groups(columns: readonly Column[], rows: RowPages): AsyncGenerator<Value[][]> {
  let group: Value[][] = columns.map(() => []);
  let [count, characters] = [0, 0];
  for await (const page of rows) {
    for (const values of page) {
      for (const [index, value] of values.entries()) {
        group[index]?.push(value);
        if (typeof value === 'string') characters += value.length;
      }
      count += 1;
      if (count < MOST_ROWS && characters < MOST_CHARACTERS) continue;
      yield group;
      group = columns.map(() => []);
      [count, characters] = [0, 0];
    }
  }
  if (count > 0) yield group;
}

/** What was written since the last time. */
function taken(bytes: ByteWriter): Uint8Array {
  const chunk = bytes.getBytes().slice();
  bytes.index = 0;
  return chunk;
}
