import { readdir } from 'node:fs/promises';
import type { SQSEvent } from 'aws-lambda';
import { expect, test } from 'vitest';
import { Bundle } from '../../../bench/bundle.ts';
import { bundled } from '../../../bench/start/bundle-sizes.ts';
import {
  ALERTS_HANDLER,
  EVENTS_HANDLER,
  SENDER_HANDLER,
} from '../../../lib/pipeline/function-bundle.ts';
import { LOCAL, localEngines } from '../../../src/local/engines/environment.ts';
import { buildBundle } from '../../support/build-bundle.ts';
import golden from '../../support/documented-example.json' with { type: 'json' };
import { startEventBus } from '../../support/refusing-bus.ts';
import { streamEvent, streamRecord } from '../../support/stream-events.ts';
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

test('the bundle that publishes events runs in an empty folder', async () => {
  const bus = await startEventBus();
  await using publisher = await Bundle.of(EVENTS_HANDLER);
  expect((await readdir(publisher.folder)).sort()).toEqual(['index.js']);
  const events = [streamEvent(streamRecord(0))] as unknown as SQSEvent[];
  const { answers } = await publisher.run(events, {
    ...localEngines('http://127.0.0.1:1', LOCAL.credentials),
    AWS_ENDPOINT_URL_EVENTBRIDGE: bus.endpoint,
    POWERTOOLS_LOG_LEVEL: 'SILENT',
  });
  expect(answers).toEqual([{ batchItemFailures: [] }]);
  expect(bus.events).toHaveLength(1);
});

test('the bundle that publishes events contains only that', async () => {
  const { inputs, bytes } = await bundled(EVENTS_HANDLER);
  const own = Object.keys(inputs).filter((path) => !path.includes('node_modules/'));
  expect(own).toContain('src/events/events-handler.ts');
  expect(own.filter((path) => !/^src\/(events|shared)\//.test(path))).toEqual([]);
  const packages = Object.keys(inputs).join('\n');
  for (const name of [
    'client-dynamodb',
    'lib-dynamodb',
    'metrics',
    'client-sqs',
    '/zod/v4/classic/',
  ]) {
    expect(packages).not.toContain(`node_modules/${name}`);
  }
  expect(bytes).toBeLessThan(450_000);
});

test.for([
  ['makes messages of alerts', ALERTS_HANDLER, 'alerts'],
  ['sends them', SENDER_HANDLER, 'sender'],
] as const)('the bundle that %s contains only that', async ([, entry, name]) => {
  const { inputs } = await bundled(entry);
  const own = Object.keys(inputs).filter((path) => !path.includes('node_modules/'));
  expect(own).toContain(`src/alerts/${name}-handler.ts`);
  expect(own.filter((path) => !/^src\/(alerts|shared)\//.test(path))).toEqual([]);
  const packages = Object.keys(inputs).join('\n');
  for (const other of ['lib-dynamodb', 'metrics', 'client-eventbridge', 'zod/v4/classic/']) {
    expect(packages).not.toContain(`node_modules/${other}`);
  }
});
