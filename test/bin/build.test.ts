import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  cp,
  mkdir,
  mkdtemp,
  readFile,
  realpath,
  rm,
  stat,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildCommandLine } from '../../bin/build.ts';
import { stackToAsk } from '../support/stack-to-ask.ts';

const run = promisify(execFile);

let clone: string;
beforeAll(async () => {
  clone = await realpath(await mkdtemp(join(tmpdir(), 'clone-')));
  await writeFile(join(clone, 'package.json'), '{ "type": "module" }');
});
afterAll(() => rm(clone, { recursive: true }));

describe('the bundle of the command line', () => {
  const bundle = 'dist/cli.js';
  const help = () => run(process.execPath, [join(clone, bundle), '--help']);
  const changedAt = (file: string, second: number) => utimes(join(clone, file), second, second);

  beforeAll(async () => {
    await buildCommandLine(join(clone, 'dist'));
    await changedAt(bundle, 2);
  });

  test('is a command', async () => {
    const { mode } = await stat(join(clone, bundle));
    expect(mode & 0o777).toBe(0o755);
    expect(await readFile(join(clone, bundle), 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
  });

  test('does not check its age without sources, as in a packed package', async () => {
    const { stdout, stderr } = await help();
    expect(stdout).toContain('Usage: ');
    expect(stderr).toBe('');
  });

  test('serves the page that it has beside it, until Ctrl-C', async () => {
    const { env } = await stackToAsk();
    const child = spawn(process.execPath, [join(clone, bundle), 'board', '--port', '0'], {
      env: env({}),
    });
    const exited = once(child, 'exit');
    const [printed] = await once(child.stdout, 'data');
    for (const [path, name] of [
      ['', 'index.html'],
      ['page.js', 'page.js'],
      ['page.css', 'page.css'],
    ] as const) {
      const answer = await fetch(`${String(printed).trim()}/${path}`);
      const packed = await readFile(join(clone, 'dist', 'cli', 'board-page', name), 'utf8');
      expect(await answer.text()).toBe(packed);
    }
    child.kill('SIGINT');
    expect(await exited).toEqual([130, null]);
  });

  describe('beside its sources', () => {
    const sources = ['package.json', 'bin/cli.ts', 'src/cli/commands/job.ts'];

    beforeAll(async () => {
      for (const file of sources) {
        await mkdir(join(clone, dirname(file)), { recursive: true });
        await writeFile(join(clone, file), '{ "type": "module" }');
        await changedAt(file, 1);
      }
    });

    test('prints no warning if they are older', async () => {
      expect((await help()).stderr).toBe('');
    });

    test.for(sources)('after a change of %s, says how to rebuild it, and goes on', async (file) => {
      await changedAt(file, 3);
      const { stdout, stderr } = await help();
      await changedAt(file, 1);
      expect(stdout).toContain('Usage: ');
      expect(stderr).toBe(
        `deadline-notifications is older than its sources: run \`npm run prepare\` in ${clone}.\n`,
      );
    });
  });
});

describe('npm prepares the package', () => {
  const script = join(import.meta.dirname, '..', '..', 'bin', 'prepare.mjs');
  async function prepare(npm_config_global?: string) {
    await cp(script, join(clone, 'prepare.mjs'));
    const env = { ...process.env, npm_config_global };
    return run(process.execPath, [join(clone, 'prepare.mjs')], { env });
  }

  test('without a bundler, builds no command line', async () => {
    expect(await prepare()).toEqual({ stdout: '', stderr: '' });
  });

  test('without a bundler, refuses to link a command that was never built', async () => {
    await expect(prepare('true')).rejects.toMatchObject({
      code: 1,
      stderr: 'The command line is not built yet: run `npm ci` in this folder first.\n',
    });
  });

  test('with a bundler, builds the command line, whether it is linked or not', async () => {
    const build = 'export const buildCommandLine = async () => console.log("built");';
    await writeFile(join(clone, 'build.ts'), build);
    const bundler = join(clone, 'node_modules', 'esbuild');
    await mkdir(bundler, { recursive: true });
    await writeFile(join(bundler, 'index.js'), '');
    expect((await prepare()).stdout).toBe('built\n');
    expect((await prepare('true')).stdout).toBe('built\n');
  });
});
