import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sizesByPackage } from '../../../bench/start/bundle-sizes.ts';
import { buildBundle } from '../../support/build-bundle.ts';

test('the sizes by package add up to the deployed size', async () => {
  const { folder } = await buildBundle();
  const sizes = new Map(await sizesByPackage());
  const total = [...sizes.values()].reduce((sum, bytes) => sum + bytes, 0);
  expect(total).toBe((await stat(join(folder, 'index.js'))).size);
  for (const name of ['deadline-notifications', '@aws-sdk/client-dynamodb', 'zod', 'esbuild']) {
    expect(sizes.get(name)).toBeGreaterThan(0);
  }
});
