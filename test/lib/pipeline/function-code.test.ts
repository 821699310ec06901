import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { expect, test } from 'vitest';
import { ALERTS_HANDLER, SENDER_HANDLER } from '../../../lib/pipeline/function-bundle.ts';
import { functionCode } from '../../../lib/pipeline/function-code.ts';

test('functions of one folder, and of farms with other alerts in one app, have each their own code', async () => {
  const outdir = await mkdtemp(join(tmpdir(), 'code-'));
  const app = new App({ outdir });
  const farm = new Stack(app, 'Farm');
  const codes = [
    functionCode(ALERTS_HANDLER, { 'alerts.json': '["one"]' }),
    functionCode(ALERTS_HANDLER, { 'alerts.json': '["another"]' }),
    functionCode(SENDER_HANDLER),
  ];
  for (const [index, code] of codes.entries()) {
    const id = `Function${index}`;
    new LambdaFunction(farm, id, { code, handler: 'index.handler', runtime: Runtime.NODEJS_24_X });
  }

  const names = (await readdir(outdir)).filter((name) => name.startsWith('asset.'));
  const folders = await Promise.all(
    names.map(async (name) => {
      const files = (await readdir(join(outdir, name))).sort();
      const [first = ''] = files;
      return [files, await readFile(join(outdir, name, first), 'utf8')] as const;
    }),
  );
  const written = folders.filter(([files]) => files.length === 2).map(([, first]) => first);
  expect(written.sort()).toEqual(['["another"]', '["one"]']);
  const alone = folders.filter(([files]) => files.length === 1);
  expect(alone.map(([files]) => files)).toEqual([['index.js']]);
  await rm(outdir, { recursive: true });
});
