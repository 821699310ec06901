import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { BENCHMARK_NAMES, BENCHMARKS } from '../../bench/benchmarks.ts';
import { RESULTS, writeResults } from '../../bench/results.ts';

const results = await readFile(RESULTS, 'utf8');
const [header = '', ...sections] = results.split(/^(?=## )/m);
const titles = BENCHMARK_NAMES.map((name) => BENCHMARKS[name].title);

describe('the results of the repository', () => {
  test('have a section for each benchmark, in order', () => {
    expect(sections.map((section) => section.split('\n', 1)[0])).toEqual(
      titles.map((title) => `## ${title}`),
    );
  });

  test.for(BENCHMARK_NAMES)(
    'say for %s what is compared, what it ran on, and what it found',
    async (name) => {
      const section = sections[BENCHMARK_NAMES.indexOf(name)];
      const { about } = await BENCHMARKS[name].load();
      expect(section).toContain(`\n\n${about}\n\nMeasured on 20`);
      expect(section).toMatch(/^Measured on \d{4}(-\d\d){2}, \d+ × .*, Node\.js .*\.$/m);
      expect(section).toMatch(/:\n\n(\|.*\|\n){3,}/);
    },
  );

  test('are what the documentation links to, with each bold figure', async () => {
    const root = join(import.meta.dirname, '..', '..');
    const names = (await readdir(join(root, 'docs'))).filter((name) => name.endsWith('.md'));
    const pages = [join(root, 'README.md'), ...names.map((name) => join(root, 'docs', name))];
    const texts = await Promise.all(pages.map((path) => readFile(path, 'utf8')));
    const paragraphs = texts
      .flatMap((text) => text.split('\n\n'))
      .filter((each) => each.includes('bench/RESULTS.md'));
    expect(paragraphs.length).toBeGreaterThanOrEqual(3);

    const anchors = titles.map((title) => `#${title.toLowerCase().replaceAll(' ', '-')}`);
    const links = paragraphs.flatMap((each) => [
      ...each.matchAll(/\((?:\.\.\/)?bench\/RESULTS\.md(#[^)]*)?\)/g),
    ]);
    for (const [, anchor] of links) if (anchor) expect(anchors).toContain(anchor);

    const found = new Set(results.match(/\$?\d[\d,.]*/g));
    const figures = paragraphs.flatMap((each) => [...each.matchAll(/\*\*([^*]+)\*\*/g)]);
    expect(figures.length).toBeGreaterThan(8);
    for (const [, figure] of figures) expect(found).toContain(figure);
  });
});

describe('a written section', () => {
  async function written(old: string | undefined, ...args: ['memory' | 'parse', string]) {
    const folder = await mkdtemp(join(tmpdir(), 'results-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const file = join(folder, 'results.md');
    if (old !== undefined) await writeFile(file, old);
    await writeResults(file, ...args);
    return readFile(file, 'utf8');
  }

  test('replaces its predecessor, and leaves all others unchanged', async () => {
    const old = sections[titles.indexOf('Memory')] ?? '';
    const text = await written(results, 'memory', '## Memory\n\nNew.');
    expect(text).toBe(results.replace(old, '## Memory\n\nNew.\n\n'));
    expect(text).not.toBe(results);
  });

  test('finds its place among the others', async () => {
    const memory = '## Memory\n\nOld.';
    const text = await written(`${header}${memory}\n`, 'parse', '## From body to item\n\nNew.');
    expect(text).toBe(`${header}## From body to item\n\nNew.\n\n${memory}\n`);
  });

  test('starts a new file with a header', async () => {
    expect(await written(undefined, 'memory', '## Memory\n\nNew.')).toBe(
      `${header}## Memory\n\nNew.\n`,
    );
  });
});
