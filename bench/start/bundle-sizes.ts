import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';
import { bundleFunction, HANDLER } from '../../lib/pipeline/function-bundle.ts';

/** The size of a function's bundle in bytes, and the share of each file in it. */
export async function bundled(entry: string = HANDLER): Promise<Metafile['outputs'][string]> {
  const folder = await mkdtemp(join(tmpdir(), 'bundle-'));
  try {
    const [output] = Object.values(bundleFunction(folder, entry).outputs);
    return output as Metafile['outputs'][string];
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The size of the function's bundle by npm package, in bytes, largest first. */
export async function sizesByPackage(): Promise<[name: string, bytes: number][]> {
  const { bytes, inputs } = await bundled();
  const sizes = new Map([['esbuild', bytes]]);
  for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
    const name = packageOf(path);
    sizes.set(name, (sizes.get(name) ?? 0) + bytesInOutput);
    sizes.set('esbuild', (sizes.get('esbuild') as number) - bytesInOutput); // leaves its own share
  }
  return [...sizes].sort(([, a], [, b]) => b - a);
}

function packageOf(path: string): string {
  const [, name = 'deadline-notifications'] =
    /.*\bnode_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path) ?? [];
  return name;
}
