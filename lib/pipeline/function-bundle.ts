import { createRequire } from 'node:module';
import { join } from 'node:path';
import type * as Esbuild from 'esbuild';

const ROOT = join(import.meta.dirname, '..', '..');

/**
 * The entry points: of the function that stores notifications, of the one that publishes events, and of those
 * that make the messages of alerts and send them.
 */
export const HANDLER = join(ROOT, 'src', 'ingest', 'handler.ts');
export const EVENTS_HANDLER = join(ROOT, 'src', 'events', 'events-handler.ts');
export const ALERTS_HANDLER = join(ROOT, 'src', 'alerts', 'alerts-handler.ts');
export const SENDER_HANDLER = join(ROOT, 'src', 'alerts', 'sender-handler.ts');

/** The folders of the packed package with their bundles. */
export const PACKED: Readonly<Record<string, string>> = {
  [HANDLER]: 'function',
  [EVENTS_HANDLER]: 'events-function',
  [ALERTS_HANDLER]: 'alerts-function',
  [SENDER_HANDLER]: 'alert-sender-function',
};

/**
 * The SDK's providers of credentials from outside the environment. They are not needed: Lambda puts the
 * credentials of the function's role into the environment, where the SDK looks first.
 */
const OTHER_CREDENTIALS = [
  '@aws-sdk/credential-provider-http',
  '@aws-sdk/credential-provider-ini',
  '@aws-sdk/credential-provider-process',
  '@aws-sdk/credential-provider-sso',
  '@aws-sdk/credential-provider-web-identity',
  '@smithy/credential-provider-imds',
];

/** No operation that a function calls has an event stream. The SDK loads the code for them when one does. */
const EVENT_STREAMS = '@smithy/core/event-streams';

/** Options for a single file with no dependencies in Lambda. */
const OPTIONS = {
  absWorkingDir: ROOT,
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'cjs', // an ES module that imports `http` also loads Node.js's WebSockets
  mainFields: ['module', 'main'],
  external: [...OTHER_CREDENTIALS, EVENT_STREAMS],
  // Smaller, so it starts faster. Identifiers are kept for stack traces.
  minifyWhitespace: true,
  minifySyntax: true,
  metafile: true,
} satisfies Esbuild.BuildOptions;

/**
 * Bundles the function, or another entry point in the same way, into `index.js` in a folder.
 *
 * @returns the bundle's metafile; its paths are relative to the project's root
 */
export function bundleFunction(folder: string, entry: string = HANDLER): Esbuild.Metafile {
  // Loaded lazily: the packed package has the bundle, but no esbuild.
  const esbuild: typeof Esbuild = createRequire(import.meta.url)('esbuild');
  const outfile = join(folder, 'index.js');
  return esbuild.buildSync({ ...OPTIONS, entryPoints: [entry], outfile }).metafile;
}
