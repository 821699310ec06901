import { DuckDBInstance } from '@duckdb/node-api';

/**
 * Answers a query by DuckDB, which is given no network.
 *
 * @param folder where the files are that it names
 * @returns its rows, as DuckDB writes their values; null as it is
 */
export async function queried(folder: string, sql: string): Promise<Record<string, unknown>[]> {
  const database = await DuckDBInstance.create(':memory:', {
    autoinstall_known_extensions: 'false',
  });
  const connection = await database.connect();
  try {
    await connection.run(`SET file_search_path = '${folder}'; SET TimeZone = 'UTC'`);
    const reader = await connection.runAndReadAll(sql);
    return reader
      .getRowObjects()
      .map((row) =>
        Object.fromEntries(
          Object.entries(row).map(([name, value]) => [name, value === null ? null : String(value)]),
        ),
      );
  } finally {
    connection.closeSync();
    database.closeSync();
  }
}
