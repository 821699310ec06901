import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { run } from '../../support/process.ts';

/** The first table in a text. */
const tableOf = (text: string) => /(?:^\|.*\n)+/m.exec(text)?.[0];

test('the README has the table that the command prints', async () => {
  const readme = await readFile(join(import.meta.dirname, '..', '..', '..', 'README.md'), 'utf8');
  const [, section = ''] = readme.split('## What it costs');
  const { stdout, code } = await run('cost');
  expect(code).toBe(0);
  expect(tableOf(section)).toBe(tableOf(stdout));
  expect(tableOf(section)).toContain('total a million');
});

test('it takes other numbers of notifications', async () => {
  const { stdout, code } = await run('cost', ['5000000', '9999999999']);
  expect(tableOf(stdout)).toContain('| notifications a month | 5,000,000 | 9,999,999,999 |');
  expect(code).toBe(0);
});

test.for(['0', '-1', '1.5', '1e6', 'many', '10000000000', '--volume'])(
  'what is no number of notifications, as %s, is told how to call it',
  async (text) => {
    const { stdout, stderr, code } = await run('cost', [text]);
    expect(stderr).toContain('Usage: npm run cost');
    expect(stdout).toBe('');
    expect(code).toBe(64);
  },
);
