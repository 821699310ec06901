#!/usr/bin/env node
import { existsSync, readdirSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';

const NAME = 'deadline-notifications';
const OLDEST_NODE = 22;

if (Number.parseInt(process.versions.node, 10) < OLDEST_NODE) {
  console.error(`${NAME} needs Node.js ${OLDEST_NODE} or later; this is ${process.versions.node}.`);
  process.exit(70); // EXIT.software; an older Node.js may not be able to load its module
}

const root = join(import.meta.dirname, '..');
if (isStale(import.meta.filename)) {
  console.error(`${NAME} is older than its sources: run \`npm run prepare\` in ${root}.`);
}

const { main } = await import('../src/cli/main.ts');
await main();

/** Whether this is a bundle in a clone and older than its sources. */
function isStale(bundle: string): boolean {
  if (extname(bundle) === '.ts' || !existsSync(join(root, 'src'))) return false;
  const { mtimeMs: built } = statSync(bundle);
  const sources = ['bin', 'src'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name)),
  );
  return [...sources, join(root, 'package.json')].some((file) => statSync(file).mtimeMs > built);
}
