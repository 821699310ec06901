import { execFile } from 'node:child_process';
import { chmod, cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { type BuildOptions, build, type Metafile } from 'esbuild';
import { bundleFunction, PACKED } from '../lib/pipeline/function-bundle.ts';
import { packPage } from '../src/cli/board/page-bundle.ts';
import { thirdPartyLicenses } from './third-party-licenses.ts';

const ROOT = join(import.meta.dirname, '..');
const DIST = join(ROOT, 'dist');

/** ES modules for the oldest supported Node.js. Identifiers are kept for stack traces. */
const MODULES = {
  absWorkingDir: ROOT,
  bundle: true,
  platform: 'node',
  target: 'node22',
  format: 'esm',
  mainFields: ['module', 'main'],
  minifySyntax: true,
  minifyWhitespace: true,
  metafile: true,
} satisfies BuildOptions;

/** CommonJS packages call `require` for Node.js's own modules; an ES module does not have it. */
const REQUIRE = `import { createRequire as requireFrom } from 'node:module';
const require = requireFrom(import.meta.url);`;

/** Builds the whole package from scratch. */
export async function buildPackage(): Promise<void> {
  await rm(DIST, { recursive: true, force: true });
  const bundles = [await buildConstruct(), ...(await buildCommandLine())];
  for (const [entry, folder] of Object.entries(PACKED)) {
    bundles.push(bundleFunction(join(DIST, folder), entry));
  }
  await buildTypes();
  const licenses = await thirdPartyLicenses(ROOT, bundles);
  await writeFile(join(DIST, 'THIRD-PARTY-LICENSES.txt'), licenses);
}

/**
 * Builds the command line: `cli.js` in a folder, and in the subfolder `cli` the chunks it loads and the board's page.
 *
 * @returns the metafiles of both
 */
export async function buildCommandLine(folder: string = DIST): Promise<Metafile[]> {
  await rm(join(folder, 'cli'), { recursive: true, force: true });
  const { metafile } = await build({
    ...MODULES,
    entryPoints: [join(ROOT, 'bin', 'cli.ts')],
    outdir: folder,
    splitting: true, // so that each command loads only what it needs
    chunkNames: 'cli/[name]-[hash]',
    external: ['protobufjs/minimal'], // of @datadog/sketches-js, only to store sketches
    banner: { js: REQUIRE },
  });
  await chmod(join(folder, 'cli.js'), 0o755);
  return [metafile, await packPage(join(folder, 'cli'))];
}

/** Bundles the construct with everything it imports except the CDK. */
async function buildConstruct(): Promise<Metafile> {
  const { metafile } = await build({
    ...MODULES,
    entryPoints: [join(ROOT, 'lib', 'index.ts')],
    outdir: DIST,
    external: ['aws-cdk-lib', 'constructs'],
  });
  return metafile;
}

/** Writes the construct's types, and the types they refer to. */
async function buildTypes(): Promise<void> {
  const all = await mkdtemp(join(tmpdir(), 'types-'));
  try {
    const tsc = join(ROOT, 'node_modules', '.bin', 'tsc');
    await promisify(execFile)(tsc, ['--project', join(ROOT, 'lib'), '--outDir', all]);
    const modules = new Set(['index.ts']);
    for (const module of modules) {
      const types = module.replace(/ts$/, 'd.ts');
      await cp(join(all, 'lib', types), join(DIST, 'types', types));
      const text = await readFile(join(all, 'lib', types), 'utf8');
      for (const [, path = ''] of text.matchAll(/'(\.[^']*\.ts)'/g)) {
        modules.add(join(dirname(module), path));
      }
    }
  } finally {
    await rm(all, { recursive: true });
  }
}

if (import.meta.main) await buildPackage();
