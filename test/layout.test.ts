import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, normalize, relative } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
const FILES = ['bench', 'bin', 'lib', 'src', 'test'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(ROOT, join(parentPath, name))),
);

/** The rooms, and which others each may use. */
const ROOMS: Readonly<Record<string, readonly string[]>> = {
  'src/shared': [],
  'src/terminal': ['src/shared'],
  'src/ingest/parse': ['src/shared'],
  'src/ingest/item': ['src/ingest/parse', 'src/shared'],
  'src/ingest/store': ['src/ingest/item', 'src/shared'],
  'src/ingest/history': ['src/ingest/store', 'src/ingest/item', 'src/shared'],
  'src/ingest': [
    ...['src/ingest/parse', 'src/ingest/item', 'src/ingest/store', 'src/ingest/history'],
    'src/shared',
  ],
  'src/events': ['src/shared'],
  'src/alerts/message': ['src/shared'],
  'src/alerts/gather': ['src/alerts/message', 'src/shared'],
  'src/alerts/render': ['src/alerts/message', 'src/shared'],
  'src/alerts': [
    ...['src/alerts/message', 'src/alerts/gather', 'src/alerts/render', 'src/alerts/send'],
    'src/shared',
  ],
  'src/cli': ['src/ingest', 'src/events', 'src/alerts/message', 'src/shared', 'src/terminal'],
  lib: ['src/shared'],
  // It runs what the stack is made of, as the template has it.
  'src/local': ['lib', 'src/ingest', 'src/events', 'src/shared', 'src/terminal'],
};

/** The rooms that a file is in, from the inside out: `src/ingest/item`, `src/ingest`. */
const roomsOf = (path: string) =>
  Object.keys(ROOMS)
    .filter((room) => path.startsWith(`${room}/`))
    .sort((a, b) => b.length - a.length);

/** What a file imports of the repository. */
function importsOf(path: string): string[] {
  const text = readFileSync(join(ROOT, path), 'utf8');
  const paths = text.matchAll(/(?:from|import\(?)\s*'(\.{1,2}\/[^']+)'/g);
  return [...paths].map(([, to = '']) => normalize(join(dirname(path), to)));
}

test.for(Object.keys(ROOMS))('%s imports only from the rooms below it', (room) => {
  const allowed = [room, ...(ROOMS[room] ?? [])];
  const files = FILES.filter((path) => path.endsWith('.ts') && roomsOf(path)[0] === room);
  expect(files).not.toEqual([]);
  const upwards = files.flatMap((path) =>
    importsOf(path)
      .filter((to) => !roomsOf(to).some((each) => allowed.includes(each)))
      // The version that the command line tells.
      .filter((to) => to !== 'package.json')
      .map((to) => `${path} -> ${to}`),
  );
  expect(upwards).toEqual([]);
});

test('the terminal knows nothing of AWS', () => {
  const files = FILES.filter((path) => path.startsWith('src/terminal/'));
  const texts = files.map((path) => readFileSync(join(ROOT, path), 'utf8'));
  expect(texts.join('')).not.toMatch(/aws/i);
});

test('no two files have the same name', () => {
  const names = FILES.map((path) => basename(path)).filter(
    (name) => !/^(README\.md|tsconfig\.json)$/.test(name),
  );
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

test('no folder contains only one file', () => {
  const code = FILES.filter((path) => /^(bench|bin|lib|src)\//.test(path));
  const folders = new Set(code.map((path) => dirname(path)));
  const single = [...folders].filter(
    (folder) => code.filter((path) => path.startsWith(`${folder}/`)).length === 1,
  );
  expect(single).toEqual([]);
});
