import { execFile } from 'node:child_process';
import {
  mkdtemp,
  readdir,
  readFile,
  realpath,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { build, type Metafile } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Bundle } from '../../bench/bundle.ts';
import { HANDLER, PACKED } from '../../lib/pipeline/function-bundle.ts';
import { buildBundle } from '../support/build-bundle.ts';

const run = promisify(execFile);
const ROOT = join(import.meta.dirname, '..', '..');
const CDK = ['aws-cdk-lib', 'constructs'];

/** A folder with an app of a farm's own, and what npm installs there of the packed package alone. */
let farm: string;
let installed: string[];
let packed: string;

beforeAll(async () => {
  farm = await realpath(await mkdtemp(join(tmpdir(), 'farm-')));
  await writeFile(join(farm, 'package.json'), '{ "type": "module" }');
  await run('npm', ['pack', '--pack-destination', farm], { cwd: ROOT });
  const [archive = ''] = (await readdir(farm)).filter((name) => name.endsWith('.tgz'));
  await run('npm', ['install', '--offline', `./${archive}`], { cwd: farm });
  installed = await readdir(join(farm, 'node_modules'));
  packed = join(farm, 'node_modules', 'deadline-notifications');
});
afterAll(() => rm(farm, { recursive: true }));

const packedFiles = async (ending: string) =>
  (await readdir(packed, { recursive: true })).filter((name) => name.endsWith(ending)).sort();

test('the package is small and has no dependencies', async () => {
  expect(installed.sort()).toEqual(['.bin', '.package-lock.json', 'deadline-notifications']);
  expect((await readdir(packed)).sort()).toEqual(['LICENSE', 'README.md', 'dist', 'package.json']);
  const sizes = (await packedFiles('')).map(async (name) => (await stat(join(packed, name))).size);
  const total = (await Promise.all(sizes)).reduce((sum, size) => sum + size);
  expect(total).toBeLessThan(5_000_000);

  const { dependencies, peerDependencies, peerDependenciesMeta } = JSON.parse(
    await readFile(join(packed, 'package.json'), 'utf8'),
  );
  expect(dependencies).toBeUndefined();
  expect(Object.keys(peerDependencies).sort()).toEqual(CDK);
  for (const name of CDK) expect(peerDependenciesMeta[name]).toEqual({ optional: true });
});

test('tools that do not know `exports` find the same files, as TypeScript 5 with node10', async () => {
  const text = await readFile(join(packed, 'package.json'), 'utf8');
  const { main, types, exports } = JSON.parse(text);
  expect({ types, default: main }).toEqual(exports['.']);
  for (const path of [main, types]) expect((await stat(join(packed, path))).isFile()).toBe(true);
});

describe('its JavaScript', () => {
  let modules: Metafile['inputs'];
  const importsOf = (name: string) => modules[name]?.imports ?? [];

  beforeAll(async () => {
    const { metafile } = await build({
      absWorkingDir: packed,
      entryPoints: await packedFiles('.js'),
      bundle: true,
      packages: 'external',
      platform: 'node',
      format: 'esm',
      metafile: true,
      write: false,
      outdir: 'out',
    });
    modules = metafile.inputs;
  });

  test('imports only the CDK', () => {
    const packages = (name: string) =>
      importsOf(name)
        .filter(({ external, path }) => external && !isBuiltin(path))
        .map(({ path }) => path.split('/')[0]);
    expect([...new Set(packages('dist/index.js'))].sort()).toEqual(CDK);
    const ofCommands = Object.keys(modules).filter((name) => name.startsWith('dist/cli'));
    expect(ofCommands).toContain('dist/cli.js');
    expect(ofCommands.flatMap(packages)).toEqual([]);
  });

  test('loads less than 150 KB before the command is known', () => {
    const read = new Set(['dist/cli.js', ...importsOf('dist/cli.js').map(({ path }) => path)]);
    for (const name of read) {
      for (const { kind, path } of importsOf(name)) {
        if (kind === 'import-statement') read.add(path);
      }
    }
    const sizes = [...read].map((name) => modules[name]?.bytes ?? 0);
    expect(sizes.length).toBeGreaterThan(2);
    expect(sizes.reduce((sum, size) => sum + size)).toBeLessThan(150_000);
  });

  test('contains the same functions that a clone deploys', async () => {
    const ours = (name: string) => readFile(join(packed, 'dist', name, 'index.js'));
    const { folder } = await buildBundle();
    expect(await ours('function')).toEqual(await readFile(join(folder, 'index.js')));
    const others = Object.entries(PACKED).filter(([entry]) => entry !== HANDLER);
    expect(others).toHaveLength(3);
    for (const [entry, name] of others) {
      await using built = await Bundle.of(entry);
      expect(await ours(name)).toEqual(await readFile(join(built.folder, 'index.js')));
    }
  });
});

test('contains the licenses of the packages whose code it contains', async () => {
  const text = await readFile(join(packed, 'dist', 'THIRD-PARTY-LICENSES.txt'), 'utf8');
  for (const name of [
    'commander',
    '@bomb.sh/tab',
    'zod',
    '@aws-sdk/client-sqs',
    '@smithy/core',
    'https-proxy-agent',
  ]) {
    expect(text).toMatch(new RegExp(`^${name} \\d+\\.\\d+`, 'm'));
  }
  expect(text).toContain('Permission is hereby granted, free of charge');
  expect(text).toContain('Apache License');
  expect(text).toContain('License: MIT\nCopyright: Bombshell Authors'); // without a file of its own
  expect(text).not.toMatch(/^(deadline-notifications|vitest|aws-cdk-lib) /m);
});

test.for([
  ['--help', 'Usage: deadline-notifications [options] [command]'],
  ['failed --help', 'Usage: deadline-notifications failed [options]'],
] as const)('its command answers %s', async ([call, usage]) => {
  const command = join(farm, 'node_modules', '.bin', 'deadline-notifications');
  const PATH = [dirname(process.execPath), process.env.PATH].join(delimiter);
  const { stdout, stderr } = await run(command, call.split(' '), { env: { ...process.env, PATH } });
  expect(stdout).toContain(usage);
  expect(stderr).toBe('');
});

describe("a farm's own app with the CDK", () => {
  beforeAll(async () => {
    for (const name of CDK) {
      await symlink(join(ROOT, 'node_modules', name), join(farm, 'node_modules', name));
    }
    await writeFile(
      join(farm, 'app.ts'),
      `import { App, Stack } from 'aws-cdk-lib';
       import { type IGrantable, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
       import { type AlertProps, DeadlineNotifications } from 'deadline-notifications';

       const stack = new Stack(new App({ outdir: 'cdk.out' }), 'Farm');
       const assumedBy = new ServicePrincipal('ecs-tasks.amazonaws.com');
       const renderQueue: IGrantable = new Role(stack, 'RenderQueue', { assumedBy });
       const alerts: AlertProps[] = [{ name: 'failures', when: 'job-failed', to: 'log' }];
       const notifications = new DeadlineNotifications(stack, 'Notifications', {
         prefix: 'Film-',
         alerts,
       });
       notifications.grantSend(renderQueue);
       (stack.node.root as App).synth();`,
    );
  });

  test('has correct types that refer only to the CDK', async () => {
    const texts = (await packedFiles('.d.ts')).map((name) => readFile(join(packed, name), 'utf8'));
    const imported = (await Promise.all(texts)).flatMap((text) =>
      [...text.matchAll(/(?:from|import\()\s*'([^']+)'/g)].map(([, name = '']) => name),
    );
    const packages = imported.map((name) => name.split('/')[0]).filter((name) => name !== '.');
    expect([...new Set(packages)].sort()).toEqual(CDK);

    const options = ['--module', 'nodenext', '--lib', 'esnext', '--strict', '--noEmit'];
    const tsc = join(ROOT, 'node_modules', '.bin', 'tsc');
    await expect(run(tsc, [...options, 'app.ts'], { cwd: farm })).resolves.toBeDefined();
  });

  test("deploys it, with the functions' bundles, and its alerts beside one", async () => {
    await run(process.execPath, ['app.ts'], { cwd: farm });
    const out = join(farm, 'cdk.out');
    const template = JSON.parse(await readFile(join(out, 'Farm.template.json'), 'utf8'));
    expect(JSON.stringify(template)).toContain('Film-DeadlineTaskNotifications');
    const bundles = (await readdir(out)).filter((name) => name.startsWith('asset.'));
    const files = await Promise.all(bundles.map((name) => readdir(join(out, name))));
    expect(files.map((names) => names.sort().join()).sort()).toEqual([
      'alerts.json,index.js',
      'index.js',
      'index.js',
    ]);
  });

  test('can be CommonJS', async () => {
    const script = "require('deadline-notifications').DeadlineNotifications.name";
    const { stdout } = await run(process.execPath, ['--print', script], { cwd: farm });
    expect(stdout).toBe('DeadlineNotifications\n');
  });
});
