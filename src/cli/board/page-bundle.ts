import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type * as Esbuild from 'esbuild';
import { PAGE_PATHS } from './page/route.ts';

/** What is served at a path. */
export interface PageFile {
  /** The media type. */
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** The page, by exact paths, such as `/page.js`. */
export type Page = ReadonlyMap<string, PageFile>;

/** A folder beside the code of the packed command line. */
const PACKED = 'board-page';

const ROOT = join(import.meta.dirname, '..', '..', '..');
const SOURCES = join(import.meta.dirname, 'page');

const TYPES = {
  'index.html': 'text/html; charset=utf-8',
  'page.js': 'text/javascript; charset=utf-8',
  'page.css': 'text/css; charset=utf-8',
};
type Name = keyof typeof TYPES;

/** The browsers of the years since 2023. */
const TARGET = ['chrome112', 'firefox115', 'safari16.4'];

/** The page: as packed; in a clone, one built now, so that it is never stale. */
export async function loadPage(): Promise<Page> {
  const packed = join(import.meta.dirname, PACKED);
  const { files } = existsSync(packed) ? await readPage(packed) : await buildPage();
  const paths: [path: string, name: Name][] = [
    ...Object.values(PAGE_PATHS).map((path): [string, Name] => [path, 'index.html']),
    ['/page.js', 'page.js'],
    ['/page.css', 'page.css'],
  ];
  return new Map(paths.map(([path, name]) => [path, { type: TYPES[name], bytes: files[name] }]));
}

/**
 * Packs the page.
 *
 * @param folder that of the packed command line's code
 * @returns the bundle's metafile; its paths are relative to the project's root
 */
export async function packPage(folder: string): Promise<Esbuild.Metafile> {
  const { files, metafile } = await buildPage();
  await mkdir(join(folder, PACKED), { recursive: true });
  for (const [name, bytes] of Object.entries(files)) {
    await writeFile(join(folder, PACKED, name), bytes);
  }
  return metafile;
}

type Files = Readonly<Record<Name, Uint8Array>>;

async function readPage(folder: string): Promise<{ files: Files }> {
  const names = Object.keys(TYPES);
  const read = names.map(async (name) => [name, await readFile(join(folder, name))]);
  return { files: Object.fromEntries(await Promise.all(read)) };
}

async function buildPage(): Promise<{ files: Files; metafile: Esbuild.Metafile }> {
  // Loaded lazily: the packed package has the page, but no esbuild.
  const esbuild: typeof Esbuild = createRequire(import.meta.url)('esbuild');
  const { outputFiles, metafile } = await esbuild.build({
    absWorkingDir: ROOT,
    entryPoints: [join(SOURCES, 'page.ts'), join(SOURCES, 'page.css')],
    outdir: ROOT,
    write: false,
    bundle: true,
    format: 'esm',
    target: TARGET,
    minify: true,
    charset: 'utf8',
    legalComments: 'none',
    metafile: true,
  });
  const built = (name: string) =>
    outputFiles.find(({ path }) => path === join(ROOT, name))?.contents as Uint8Array;
  const html = await readFile(join(SOURCES, 'index.html'));
  const files = { 'index.html': html, 'page.js': built('page.js'), 'page.css': built('page.css') };
  return { files, metafile };
}
