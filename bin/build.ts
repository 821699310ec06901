import { execFile } from 'node:child_process';
import { chmod, cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { type BuildOptions, build } from 'esbuild';
import { bundleFunction } from '../lib/pipeline/function-bundle.ts';

const ROOT = join(import.meta.dirname, '..');
const DIST = join(ROOT, 'dist');

/** Modules for the oldest Node.js of the package, with the names that a stack trace shows. */
const MODULES = {
  absWorkingDir: ROOT,
  bundle: true,
  platform: 'node',
  target: 'node22',
  format: 'esm',
  mainFields: ['module', 'main'],
  minifySyntax: true,
  minifyWhitespace: true,
} satisfies BuildOptions;

/** What packages in CommonJS call for Node.js's own modules. An ES module has none. */
const REQUIRE = `import { createRequire as requireFrom } from 'node:module';
const require = requireFrom(import.meta.url);`;

/** Builds all of the package, anew. */
export async function buildPackage(): Promise<void> {
  await rm(DIST, { recursive: true, force: true });
  await Promise.all([buildConstruct(), buildTypes(), buildCommandLine()]);
  bundleFunction(join(DIST, 'function'));
}

/** Builds the command line: `cli.js` of a folder, and in its folder `cli` what that loads. */
export async function buildCommandLine(folder: string = DIST): Promise<void> {
  await rm(join(folder, 'cli'), { recursive: true, force: true });
  await build({
    ...MODULES,
    entryPoints: [join(ROOT, 'bin', 'cli.ts')],
    outdir: folder,
    splitting: true, // what a command needs is loaded with it
    chunkNames: 'cli/[name]-[hash]',
    banner: { js: REQUIRE },
  });
  await chmod(join(folder, 'cli.js'), 0o755);
}

/** Bundles the construct with all that it imports but the CDK. */
async function buildConstruct(): Promise<void> {
  await build({
    ...MODULES,
    entryPoints: [join(ROOT, 'lib', 'index.ts')],
    outdir: DIST,
    external: ['aws-cdk-lib', 'constructs'],
  });
}

/** Writes the construct's types, and those that they name. */
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
