import { readdir } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { bundled } from '../../../bench/start/bundle-sizes.ts';
import { buildBundle } from '../../support/build-bundle.ts';
import golden from '../../support/documented-example.json' with { type: 'json' };
import { emptyTables } from '../../support/test-tables.ts';

const bundle = await buildBundle();

test('the bundle runs in an empty folder and stores the documented notifications', async () => {
  expect((await readdir(bundle.folder)).sort()).toEqual(['index.js']);
  const { environment, row } = await emptyTables();
  const events = golden.slice(0, 2).map(({ event }) => event);

  const { version, answers } = await bundle.run(events, environment);
  expect(version).toMatch(/^v24\./);
  expect(answers).toEqual([{ batchItemFailures: [] }, { batchItemFailures: [] }]);
  expect(await row('5f2eec286ad75c0c9cca7fbc')).toEqual(golden[0]?.jobs[0]);
  expect(await row('5f15e68eb8274818a0570167', 0)).toEqual(golden[1]?.tasks[0]);
});

test('of this project, the bundle contains only what processes messages', async () => {
  const { inputs } = await bundled();
  const own = Object.keys(inputs).filter((path) => !path.includes('node_modules/'));
  expect(own).toContain('src/ingest/handler.ts');
  expect(own.filter((path) => !/^src\/(ingest|shared)\//.test(path))).toEqual([]);
  const packages = Object.keys(inputs).join('\n');
  for (const name of [
    'commander',
    'cli-table3',
    'lib-dynamodb',
    'client-sqs',
    '/ms/',
    '/zod/v4/classic/',
  ]) {
    expect(packages).not.toContain(name);
  }
});
