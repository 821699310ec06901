import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { describeMachine, thisMachine } from '../../bench/machine.ts';
import { run } from '../support/process.ts';

test('npm run bench -- parse prints its table and writes it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'bench-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'results.md');
  const { stdout, stderr, code } = await run('bench', ['parse', '--out', file]);
  expect(code).toBe(0);
  expect(stdout).toContain('## From body to item\n');
  expect(stdout).toContain(`Measured on ${describeMachine(await thisMachine())}.`);
  const figure = String.raw`[\d.,]+ \([\d.,]+-[\d.,]+\)`;
  expect(stdout).toMatch(new RegExp(`^\\| fast path +(\\| +${figure} ){3}\\|$`, 'm'));
  expect(await readFile(file, 'utf8')).toContain(`\n\n${stdout.trim()}\n`);
  expect(stderr).toContain(`Written to ${file}.`);
});

test('npm run bench -- there exits with 64', async () => {
  const { stdout, stderr, code } = await run('bench', ['there']);
  expect(stderr).toContain("unknown benchmark 'there'");
  expect(stdout).toBe('');
  expect(code).toBe(64);
});
