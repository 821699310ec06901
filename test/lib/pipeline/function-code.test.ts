import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { expect, test } from 'vitest';
import { functionCode } from '../../../lib/pipeline/function-code.ts';

test('functions of one folder, and of farms with other alerts in one app, have each their own code', async () => {
  const outdir = await mkdtemp(join(tmpdir(), 'code-'));
  const [maker, sender] = ['maker.ts', 'sender.ts'].map((name) => join(outdir, name)) as [
    string,
    string,
  ];
  await writeFile(maker, 'export const handler = () => "made";');
  await writeFile(sender, 'export const handler = () => "sent";');
  const app = new App({ outdir });
  const farm = new Stack(app, 'Farm');
  const codes = [
    functionCode(maker, { 'alerts.json': '["one"]' }),
    functionCode(maker, { 'alerts.json': '["another"]' }),
    functionCode(sender),
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
