import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import type { RowPages } from '../../../../src/cli/export/exported-rows.ts';
import { parquet } from '../../../../src/cli/export/parquet-format.ts';
import type { Value } from '../../../../src/cli/export/value-type.ts';
import { queried } from '../../../support/duckdb.ts';

const folder = await mkdtemp(join(tmpdir(), 'parquet-'));
afterAll(() => rm(folder, { recursive: true }));

const COLUMNS = [
  { name: 'text', type: 'text' },
  { name: 'count', type: 'count' },
  { name: 'large', type: 'largeCount' },
] as const;

/** All rows on one page. */
async function* all(rows: Value[][]): RowPages {
  yield rows;
}

test('a row group is passed on before the next is read', async () => {
  let read = 0;
  async function* rows(): RowPages {
    for (; read < 25_000; read += 1) yield [[`row ${read}`, BigInt(read), null]];
  }
  const readBefore: number[] = [];
  const chunks: Uint8Array[] = [];
  for await (const chunk of parquet(COLUMNS, rows())) {
    readBefore.push(read);
    chunks.push(chunk);
  }
  expect(readBefore).toEqual([9_999, 19_999, 25_000, 25_000]);
  await writeFile(join(folder, 'groups.parquet'), Buffer.concat(chunks));
  expect(
    await queried(
      folder,
      `SELECT count(*) AS rows, sum(count) AS sum, count(large) AS large FROM 'groups.parquet'`,
    ),
  ).toEqual([{ rows: '25000', sum: '312487500', large: '0' }]);
});

test('long texts make row groups small', async () => {
  const rows = Array.from({ length: 40 }, () => ['x'.repeat(2 ** 20), null, null]);
  const chunks = await Array.fromAsync(parquet(COLUMNS, all(rows)));
  expect(chunks.length).toBe(3);
});

test('every text and integer is read again as it was', async () => {
  const value = fc.tuple(
    fc.option(fc.string({ unit: 'grapheme', minLength: 1 })),
    fc.option(fc.bigInt({ min: 0n, max: 2n ** 63n - 1n })),
    fc.option(fc.bigInt({ min: 0n, max: 10n ** 38n - 1n })),
  );
  const rows = fc.sample(value, 500);
  const chunks = await Array.fromAsync(parquet(COLUMNS, all(rows)));
  await writeFile(join(folder, 'values.parquet'), Buffer.concat(chunks));
  const read = await queried(folder, `FROM 'values.parquet'`);
  expect(read).toEqual(
    rows.map(([text, count, large]) => ({
      text,
      count: count === null ? null : String(count),
      large: large === null ? null : String(large),
    })),
  );
});
