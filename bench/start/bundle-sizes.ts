import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';
import { CODE } from '../../lib/pipeline/ingester.ts';
import { bundleLikeOurs } from './bundles.ts';

/** The bytes of the function's bundle, and those of each file that went into it. */
export async function bundled(): Promise<Metafile['outputs'][string]> {
  await using bundle = await bundleLikeOurs({ bundling: { ...CODE.bundling, metafile: true } });
  const file = join(bundle.folder, 'index.meta.json');
  const { outputs }: Metafile = JSON.parse(await readFile(file, 'utf8'));
  const [, output] = Object.entries(outputs).find(([path]) => path.endsWith('.js')) as [
    string,
    Metafile['outputs'][string],
  ];
  return output;
}

/** The bytes of the function's bundle by the npm package that they come from, most first. */
export async function sizesByPackage(): Promise<[name: string, bytes: number][]> {
  const { bytes, inputs } = await bundled();
  const sizes = new Map([['esbuild', bytes]]);
  for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
    const name = packageOf(path);
    sizes.set(name, (sizes.get(name) ?? 0) + bytesInOutput);
    sizes.set('esbuild', (sizes.get('esbuild') as number) - bytesInOutput); // is left with its own
  }
  return [...sizes].sort(([, a], [, b]) => b - a);
}

function packageOf(path: string): string {
  const [, name = 'deadline-notifications'] =
    /.*\bnode_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path) ?? [];
  return name;
}
