import { createRequire } from 'node:module';
import { join } from 'node:path';
import type * as Esbuild from 'esbuild';

const ROOT = join(import.meta.dirname, '..', '..');

/** The function's entry point. */
export const HANDLER = join(ROOT, 'src', 'ingest', 'handler.ts');

/**
 * Where the SDK looks for credentials that are not in the environment. Lambda puts those of the function's
 * role there, which is where it looks first.
 */
const OTHER_CREDENTIALS = [
  '@aws-sdk/credential-provider-http',
  '@aws-sdk/credential-provider-ini',
  '@aws-sdk/credential-provider-process',
  '@aws-sdk/credential-provider-sso',
  '@aws-sdk/credential-provider-web-identity',
  '@smithy/credential-provider-imds',
];

/** One file that needs nothing else in Lambda. */
const OPTIONS = {
  absWorkingDir: ROOT,
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'cjs', // as an ES module that imports `http` loads Node.js's WebSockets, too
  mainFields: ['module', 'main'],
  external: OTHER_CREDENTIALS,
  // Less to read at the start, with the names that a stack trace shows.
  minifyWhitespace: true,
  minifySyntax: true,
  metafile: true,
} satisfies Esbuild.BuildOptions;

/**
 * Bundles the function, or another entry point in the same way, as `index.js` of a folder.
 *
 * @returns what went into it; paths are relative to the root of this project
 */
export function bundleFunction(folder: string, entry: string = HANDLER): Esbuild.Metafile {
  // Loaded here, as the packed package has the bundle and no esbuild.
  const esbuild: typeof Esbuild = createRequire(import.meta.url)('esbuild');
  const outfile = join(folder, 'index.js');
  return esbuild.buildSync({ ...OPTIONS, entryPoints: [entry], outfile }).metafile;
}
