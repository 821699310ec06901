import { DuckDBInstance } from '@duckdb/node-api';
import type { ExportColumn } from '../../src/cli/export/export-column.ts';

/** What DuckDB reads of the columns of an export in Parquet. */
export const DUCKDB_TYPES: Readonly<Record<ExportColumn['type'], string>> = {
  text: 'VARCHAR',
  json: 'VARCHAR',
  flag: 'BOOLEAN',
  integer: 'BIGINT',
  count: 'BIGINT',
  largeCount: 'DECIMAL(38,0)',
  number: 'DOUBLE',
  time: 'TIMESTAMP WITH TIME ZONE',
};

/** Without extensions that it would have to load from the network. */
const database = await DuckDBInstance.create(':memory:', { autoinstall_known_extensions: 'false' });

/**
 * Answers a query by DuckDB.
 *
 * @param folder where the files are that it names
 * @returns its rows, with values as DuckDB writes them; null as it is
 */
export async function queried(
  folder: string,
  sql: string,
): Promise<Record<string, string | null>[]> {
  const connection = await database.connect();
  try {
    await connection.run(`SET file_search_path = '${folder}'; SET TimeZone = 'UTC'`);
    const answer = await connection.runAndReadAll(sql);
    const names = answer.columnNames();
    return answer
      .getRows()
      .map((row) =>
        Object.fromEntries(
          row.map((value, index) => [names[index], value === null ? null : String(value)]),
        ),
      );
  } finally {
    connection.closeSync();
  }
}
