import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';

const run = promisify(execFile);
const ROOT = join(import.meta.dirname, '..', '..');

/** A folder with an app of a farm's own, and in it this package as `npm install` would unpack it. */
let farm: string;

beforeAll(async () => {
  farm = await mkdtemp(join(tmpdir(), 'farm-'));
  const packed = join(farm, 'node_modules', 'deadline-notifications');
  await mkdir(packed, { recursive: true });
  await run('npm', ['pack', '--pack-destination', farm], { cwd: ROOT });
  const [archive = ''] = (await readdir(farm)).filter((name) => name.endsWith('.tgz'));
  await run('tar', ['--extract', '--strip-components=1', '--file', join(farm, archive)], {
    cwd: packed,
  });
  const installed = await readdir(join(ROOT, 'node_modules'));
  for (const name of installed) {
    await symlink(join(ROOT, 'node_modules', name), join(farm, 'node_modules', name));
  }
  await writeFile(join(farm, 'package.json'), '{ "type": "module" }');
  await writeFile(
    join(farm, 'app.ts'),
    `import { App, Stack } from 'aws-cdk-lib';
     import { type IGrantable, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
     import { DeadlineNotifications } from 'deadline-notifications';

     const stack = new Stack(new App({ outdir: 'cdk.out' }), 'Farm');
     const assumedBy = new ServicePrincipal('ecs-tasks.amazonaws.com');
     const renderQueue: IGrantable = new Role(stack, 'RenderQueue', { assumedBy });
     const notifications = new DeadlineNotifications(stack, 'Notifications', { prefix: 'Film-' });
     notifications.grantSend(renderQueue);
     (stack.node.root as App).synth();`,
  );
});
afterAll(() => rm(farm, { recursive: true }));

test('the package depends on all that it imports', async () => {
  const packed = join(farm, 'node_modules', 'deadline-notifications');
  const names = (await readdir(join(packed, 'dist'), { recursive: true })).filter((name) =>
    name.endsWith('.js'),
  );
  const texts = await Promise.all(
    names.map((name) => readFile(join(packed, 'dist', name), 'utf8')),
  );
  const imported = texts
    .flatMap((text) => [...text.matchAll(/ from '((?:@[\w-]+\/)?[\w-]+)[\w/-]*';/g)])
    .map(([, name = '']) => name);
  const { dependencies, peerDependencies } = JSON.parse(
    await readFile(join(packed, 'package.json'), 'utf8'),
  );
  const given = Object.keys({ ...dependencies, ...peerDependencies });
  const bundler = 'esbuild'; // which the CDK calls as a command
  expect([...new Set([...imported, bundler])].sort()).toEqual(given.sort());
});

test('the package has the command line, as JavaScript', async () => {
  const packed = join(farm, 'node_modules', 'deadline-notifications');
  const { bin } = JSON.parse(await readFile(join(packed, 'package.json'), 'utf8'));
  const { stdout } = await run(process.execPath, [join(packed, bin.deadline), 'failed', '--help']);
  expect(stdout).toContain('Usage: deadline failed');
});

test('the package brings types that fit', async () => {
  const options = ['--module', 'nodenext', '--strict', '--noEmit', '--types', 'node'];
  const tsc = join(ROOT, 'node_modules', '.bin', 'tsc');
  await expect(run(tsc, [...options, 'app.ts'], { cwd: farm })).resolves.toBeDefined();
});

test("a farm's own app deploys it, with the function's bundle", async () => {
  await run(process.execPath, ['app.ts'], { cwd: farm });
  const out = join(farm, 'cdk.out');
  const template = JSON.parse(await readFile(join(out, 'Farm.template.json'), 'utf8'));
  expect(JSON.stringify(template)).toContain('Film-DeadlineTaskNotifications');
  const [bundle = ''] = (await readdir(out)).filter((name) => name.startsWith('asset.'));
  expect((await readdir(join(out, bundle))).sort()).toEqual(['index.js']);
});
