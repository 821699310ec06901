import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
const DOCS = readdirSync(join(ROOT, 'docs'))
  .filter((name) => name.endsWith('.md'))
  .map((name) => `docs/${name}`);
const PAGES = [
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  ...DOCS,
  'bench/RESULTS.md',
  'test/corpus/README.md',
];

const read = (page: string) => readFileSync(join(ROOT, page), 'utf8');

/** A page as people read it: without blocks of code, in which nothing is a link or a heading. */
const prose = (page: string) => read(page).replaceAll(/^( *)```.*?^\1```$/gms, '');

/** Where a page links to in the repository: a path from its root, and an anchor or `undefined`. */
function linksOf(page: string): [path: string, anchor?: string][] {
  const targets = [...prose(page).matchAll(/(?<!`)\]\(([^)\s]+)\)/g)].map(([, to = '']) => to);
  return targets
    .filter((to) => !/^[a-z]+:/.test(to))
    .map((to) => {
      const [path, anchor] = to.split('#') as [string, string?];
      const file = path === '' ? page : relative(ROOT, join(ROOT, dirname(page), path));
      return anchor === undefined ? [file] : [file, anchor];
    });
}

/** The anchors of a page's headings, as GitHub makes them. */
const anchorsOf = (page: string) =>
  [...prose(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );

describe.for(PAGES)('%s', (page) => {
  test('links to what is there', () => {
    const broken = linksOf(page).filter(
      ([path, anchor]) =>
        !existsSync(join(ROOT, path)) ||
        (anchor !== undefined && !anchorsOf(path).includes(anchor)),
    );
    expect(broken).toEqual([]);
  });

  test('has no heading twice', () => {
    const anchors = anchorsOf(page);
    expect(anchors.filter((anchor, index) => anchors.indexOf(anchor) !== index)).toEqual([]);
  });
});

describe('the README', () => {
  test('links to every page of the documentation', () => {
    const linked = linksOf('README.md').map(([path]) => path);
    expect(linked).toEqual(expect.arrayContaining([...DOCS, 'CONTRIBUTING.md', 'CHANGELOG.md']));
  });

  test('is short enough to be read', () => {
    expect(read('README.md').trimEnd().split('\n').length).toBeLessThanOrEqual(250);
  });
});
