import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { describeMachine, type Machine } from '../../bench/machine.ts';
import { markdown, type Table } from '../../bench/markdown.ts';
import { run } from '../support/process.ts';

interface Results {
  readonly machine: Machine;
  readonly benchmarks: Readonly<Record<string, readonly Table[]>>;
}

test('the README has what one run printed, all of it', async () => {
  const file = (path: string) => readFile(join(import.meta.dirname, '..', '..', path), 'utf8');
  const { machine, benchmarks }: Results = JSON.parse(await file('test/golden/bench.json'));
  const readme = await file('README.md');
  expect(Object.keys(benchmarks)).toEqual([
    'handler',
    'parse',
    'start',
    'memory',
    'backlog',
    'cost',
  ]);
  expect(readme).toContain(describeMachine(machine));
  for (const table of Object.values(benchmarks).flat()) expect(readme).toContain(markdown(table));
});

test('one benchmark prints its tables and writes what they show', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'bench-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const { stdout, code } = await run('bench', ['parse'], process.env, folder);
  expect(code).toBe(0);
  const written = await readFile(join(folder, 'bench.json'), 'utf8');
  const { machine, benchmarks }: Results = JSON.parse(written);
  expect(Object.keys(benchmarks)).toEqual(['parse']);
  const [table] = benchmarks.parse as [Table];
  expect(stdout).toContain(`${describeMachine(machine)}\n\n${markdown(table)}\n`);
  expect(table.rows[0]).toMatchObject({ side: 'fast path', us: { median: expect.any(Number) } });
});

test.for([
  ['there', 'There is no benchmark there.'],
  ['toString', 'There is no benchmark toString.'],
  ['parse twice', 'There is no benchmark parse twice.'],
  ['parse --seeds 1', '--seeds is for convergence.'],
  ['--seeds 1', '--seeds is for convergence.'],
  ['convergence --seeds 5-1', '--seeds takes a number or a range such as 1-5, not 5-1.'],
  ['--fast', "Unknown option '--fast'"],
] as const)('npm run bench -- %s is told how to call it', async ([call, problem]) => {
  const { stdout, stderr, code } = await run('bench', call.split(' '));
  expect(stderr).toContain(problem);
  expect(stderr).toContain('Usage: npm run bench');
  expect(stdout).toBe('');
  expect(code).toBe(64);
});
