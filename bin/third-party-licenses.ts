import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';

/**
 * The licenses of all npm packages whose code is in the bundles. Most require this for redistribution.
 *
 * @param root the folder that the metafiles' paths are relative to
 */
export async function thirdPartyLicenses(
  root: string,
  metafiles: readonly Metafile[],
): Promise<string> {
  const folders = new Set(
    metafiles
      .flatMap(({ inputs }) => Object.keys(inputs))
      .flatMap((path) => /^.*\bnode_modules\/(?:@[^/]+\/)?[^/]+/.exec(path) ?? []),
  );
  const packages = await Promise.all(
    [...folders].sort().map((path) => readPackage(join(root, path))),
  );
  const byText = Map.groupBy(packages, ({ text }) => text);
  return [...byText]
    .map(([text, some]) => `${some.map(({ name }) => name).join('\n')}\n\n${text}`)
    .join(`\n${'-'.repeat(80)}\n\n`);
}

async function readPackage(folder: string): Promise<{ name: string; text: string }> {
  const { name, version, license, author } = JSON.parse(
    await readFile(join(folder, 'package.json'), 'utf8'),
  );
  const file = (await readdir(folder)).find((each) => /^licen[cs]e/i.test(each));
  const text = file
    ? await readFile(join(folder, file), 'utf8')
    : `License: ${license}\nCopyright: ${author?.name ?? author}`;
  return { name: `${name} ${version}`, text: `${text.trim()}\n` };
}
