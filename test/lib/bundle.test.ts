import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { App } from 'aws-cdk-lib';
import { afterAll, expect, test } from 'vitest';
import { DeadlineNotificationsStack } from '../../lib/stack.ts';
import golden from '../golden/documented-example.json' with { type: 'json' };
import { emptyTables } from '../support/tables.ts';

const folder = await mkdtemp(join(tmpdir(), 'bundle-'));
afterAll(() => rm(folder, { recursive: true }));

/** Builds what `cdk deploy` uploads, and puts it where there is nothing else. */
async function bundle(): Promise<void> {
  const app = new App({ outdir: join(folder, 'cdk.out') });
  new DeadlineNotificationsStack(app, 'DeadlineNotifications');
  app.synth();
  const [asset = ''] = (await readdir(app.outdir)).filter((name) => name.startsWith('asset.'));
  await cp(join(app.outdir, asset), join(folder, 'code'), { recursive: true });
}

test('the bundle runs in an empty folder and stores the documented notifications', async () => {
  await bundle();
  expect((await readdir(join(folder, 'code'))).sort()).toEqual(['index.mjs', 'index.mjs.map']);

  const { environment, row } = await emptyTables();
  const events = golden.slice(0, 2).map(({ event }) => event);
  const caller = join(folder, 'caller.mjs');
  await writeFile(
    caller,
    `import { handler } from './code/index.mjs';
     const answers = [];
     for (const event of ${JSON.stringify(events)}) {
       answers.push(await handler(event, { awsRequestId: '1', getRemainingTimeInMillis: () => 9_000 }));
     }
     console.log(JSON.stringify({ version: process.version, answers }));`,
  );
  const { stdout } = await promisify(execFile)(process.execPath, [caller], { env: environment });

  const { version, answers } = JSON.parse(stdout);
  expect(version).toMatch(/^v24\./);
  expect(answers).toEqual([{ batchItemFailures: [] }, { batchItemFailures: [] }]);
  expect(await row('5f2eec286ad75c0c9cca7fbc')).toEqual(golden[0]?.jobs[0]);
  expect(await row('5f15e68eb8274818a0570167', 0)).toEqual(golden[1]?.tasks[0]);
});
