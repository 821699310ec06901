import {
  chmod,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { chosenFormat, type FormatOptions, outputFile } from '../../../src/cli/output-file.ts';

const root = await mkdtemp(join(tmpdir(), 'output-'));
afterAll(() => rm(root, { recursive: true }));

/** A folder of its own for a test. */
const folder = (name: string) =>
  mkdir(join(root, name), { recursive: true }).then(() => join(root, name));

async function write(path: string, text: string): Promise<void> {
  await using file = await outputFile(path);
  await file.write(text);
  await file.finish();
}

test('until it is written, what was there is there, and after that nothing else', async () => {
  const own = await folder('whole');
  const path = join(own, 'a');
  await writeFile(path, 'old');
  await chmod(path, 0o640);
  {
    await using file = await outputFile(path);
    expect(await readFile(path, 'utf8')).toBe('old');
    await file.write('new');
    await file.finish();
  }
  expect(await readFile(path, 'utf8')).toBe('new');
  expect((await stat(path)).mode & 0o777).toBe(0o640);
  expect(await readdir(own)).toEqual(['a']);
});

test('if it is never finished, nothing changes', async () => {
  const own = await folder('never');
  {
    await using file = await outputFile(join(own, 'a'));
    await file.write('half');
  }
  expect(await readdir(own)).toEqual([]);
});

test('through a link, writes what it leads to', async () => {
  const own = await folder('link');
  await writeFile(join(own, 'real'), 'old');
  await symlink('real', join(own, 'a'));
  await write(join(own, 'a'), 'new');
  expect(await readFile(join(own, 'real'), 'utf8')).toBe('new');
  expect((await readdir(own)).sort()).toEqual(['a', 'real']);
});

test('writes to what is no file as it is', async () => {
  await write('/dev/null', 'gone');
  expect((await stat('/dev/null')).isCharacterDevice()).toBe(true);
});

test.for([
  ['none/a', 'there is no such folder.'],
  ['.', 'it is a folder. Give the name of a file.'],
  ['new/', 'it is a folder. Give the name of a file.'],
])('%s cannot be written: %s', async ([name, reason]) => {
  const path = `${root}/${name}`;
  await expect(outputFile(path)).rejects.toThrow(`${path} cannot be written: ${reason}`);
});

describe('the format', () => {
  const ENDINGS = { html: 'html', htm: 'html', md: 'md' } as const;
  type Options = Partial<FormatOptions<'html' | 'md'>>;
  const chosen = (options: Options) => chosenFormat({ json: false, ...options }, ENDINGS, 'json');

  test.for<[Options, string | undefined]>([
    [{}, undefined],
    [{ output: 'a.HTM' }, 'html'],
    [{ output: 'b.html/a.md' }, 'md'],
    [{ format: 'md', output: 'a.html' }, 'md'],
    [{ format: 'md', output: 'a' }, 'md'],
    [{ json: true }, 'json'],
    [{ json: true, output: 'a.json' }, 'json'],
  ])('of %j is %s', ([options, expected]) => {
    expect(chosen(options)).toBe(expected);
  });

  test.for<[Options, string]>([
    [{ format: 'md', json: true }, 'Give either --json or --format md.'],
    [
      { output: 'a.html', json: true },
      'Give either --json or an --output that does not end with .html.',
    ],
    ...['a.pdf', 'a', '.md', 'a.constructor'].map((output): [Options, string] => [
      { output: `b.html/${output}` },
      `The name ${output} does not tell the format. Give --format, or a name that ends with .html, .htm, or .md.`,
    ]),
  ])('of %j is none', ([options, message]) => {
    expect(() => chosen(options)).toThrow(message);
  });
});
