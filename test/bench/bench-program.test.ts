import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { createBenchProgram, type Work } from '../../bench/bench-program.ts';
import { BENCHMARK_NAMES, BENCHMARKS, type Report } from '../../bench/benchmarks.ts';
import { RESULTS } from '../../bench/results.ts';
import { parseCall } from '../../src/terminal/call.ts';

const printed = { stdout: '', stderr: '' };
beforeEach(() => {
  Object.assign(printed, { stdout: '', stderr: '' });
  const capture = (stream: keyof typeof printed) => (text: unknown) => {
    printed[stream] += text;
    return true;
  };
  vi.spyOn(process.stdout, 'write').mockImplementation(capture('stdout'));
  vi.spyOn(process.stderr, 'write').mockImplementation(capture('stderr'));
  vi.spyOn(console, 'log').mockImplementation(capture('stdout'));
  vi.spyOn(console, 'error').mockImplementation(capture('stderr'));
});
afterEach(() => {
  vi.restoreAllMocks();
});

/** What a command line asks for, and the exit code if it is not to be run. */
function parse(...args: string[]) {
  const works: Work[] = [];
  const code = parseCall(
    createBenchProgram((chosen) => works.push(chosen)),
    args,
  );
  return { code, works };
}

/** Runs a command line, with a file for its results. */
async function run(...args: string[]) {
  const folder = await mkdtemp(join(tmpdir(), 'bench-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'results.md');
  const { works } = parse(...args, '--out', file);
  const codes = await Promise.all(works.map((work) => work(AbortSignal.timeout(60_000))));
  return { codes, written: await readFile(file, 'utf8').catch(() => undefined) };
}

/** Replaces all benchmarks, and notes their runs. */
function stubBenchmarks(report: Report = { blocks: ['Found.'] }) {
  const runs: [name: string, options: object][] = [];
  for (const name of BENCHMARK_NAMES) {
    vi.spyOn(BENCHMARKS[name], 'load').mockResolvedValue({
      about: 'About it.',
      run: async (_signal: AbortSignal, options: object) => {
        runs.push([name, options]);
        return report;
      },
    } as never);
  }
  return runs;
}

test('--help lists all benchmarks', () => {
  expect(parse('--help')).toEqual({ code: 0, works: [] });
  for (const name of BENCHMARK_NAMES.filter((each) => each !== 'exhaustive'))
    expect(printed.stdout).toMatch(new RegExp(`^  ${name} `, 'm'));
  expect(printed.stdout).toContain('Usage: npm run bench -- [options] [command]');
});

test.for([
  ['there', "unknown benchmark 'there'"],
  ['toString', "unknown benchmark 'toString'"],
  ['parse twice', "too many arguments for 'parse'"],
  ['parse --seeds 1', "unknown option '--seeds'"],
  ['--seeds 1', "unknown option '--seeds'"],
  [
    'convergence --seeds 5-1',
    "argument '5-1' is invalid. Expected a number or a range such as 1-5.",
  ],
  [
    'convergence --seeds all',
    "argument 'all' is invalid. Expected a number or a range such as 1-5.",
  ],
  [
    'convergence --exhaustive --seeds 1',
    "option '--exhaustive' cannot be used with option '--seeds <range>'",
  ],
  ['--fast', "unknown option '--fast'"],
  ['--out', "option '--out <file>' argument missing"],
  ['parse --month', "unknown option '--month'"],
  ['cost 5000000', "too many arguments for 'cost'"],
  ['cost --month --volume', "unknown option '--volume'"],
  ...['0', '-1', '1.5', '1e6', 'many', '10000000000', '5 many'].map((text) => [
    `cost --month ${text}`,
    `argument '${text.split(' ').at(-1)}' is invalid. Expected a whole number from 1 to 9999999999.`,
  ]),
] as [string, string][])('%s is rejected', ([args, problem]) => {
  expect(parse(...args.split(' '))).toEqual({ code: 64, works: [] });
  expect(printed.stderr).toContain(problem);
  expect(printed.stderr).toContain('(see --help for usage)');
  expect(printed.stdout).toBe('');
});

test.for([
  [
    [],
    [
      ...[['handler'], ['parse'], ['start'], ['memory'], ['backlog'], ['replay'], ['cost']],
      ...[['watch'], ['statistics'], ['board'], ['board-live'], ['board-day']],
    ],
  ],
  [['parse'], [['parse']]],
  [['cost'], [['cost']]],
  [['convergence'], [['convergence']]],
  [['convergence', '--seeds', '7'], [['convergence', [7]]]],
  [['convergence', '--seeds', '2-4'], [['convergence', [2, 3, 4]]]],
] as [string[], [string, number[]?][]][])('%j runs %j', async ([args, expected]) => {
  const runs = stubBenchmarks();
  expect((await run(...args)).codes).toEqual([0]);
  expect(runs).toEqual(expected.map(([name, seeds]) => [name, seeds ? { seeds } : {}]));
});

test('a run prints the section of each benchmark, and writes it', async () => {
  stubBenchmarks({ blocks: ['Found.', { title: 'Table', rows: [{ us: 1 }] }] });
  const { written } = await run('memory');
  const section = printed.stdout.trim();
  expect(section).toMatch(
    /^## Memory\n\nAbout it\.\n\nMeasured on .*\.\n\nFound\.\n\nTable:\n\n\| us \|\n\| -: \|\n\| {2}1 \|$/,
  );
  expect(written?.startsWith('# Results\n\n')).toBe(true);
  expect(written?.endsWith(`\n\n${section}\n`)).toBe(true);
});

test('a problem that a benchmark finds sets the exit code after its results are written', async () => {
  stubBenchmarks({ blocks: ['Found.'], problems: ['Seed 3: 1 row is stale.'] });
  const { codes, written } = await run('convergence');
  expect(codes).toEqual([1]);
  expect(printed.stderr).toContain('Wrong:\n- Seed 3: 1 row is stale.');
  expect(written).toContain('Found.');
});

test("an interrupted run does not write the benchmark's results", async () => {
  stubBenchmarks();
  const { works } = parse('memory', '--out', join(tmpdir(), 'none', 'results.md'));
  await expect(works[0]?.(AbortSignal.abort())).rejects.toThrow('aborted');
  expect(printed.stdout).toBe('');
});

test('cost --month prints the tables without measuring or writing anything', async () => {
  const runs = stubBenchmarks();
  expect(await run('cost', '--month')).toEqual({ codes: [0], written: undefined });
  expect(runs).toEqual([]);
  expect(printed.stdout).toContain('total per million');
  expect(await readFile(RESULTS, 'utf8')).toContain(printed.stdout);
});

test('cost --month accepts other numbers of notifications', async () => {
  expect((await run('cost', '--month', '5000000', '9999999999')).codes).toEqual([0]);
  expect(printed.stdout).toMatch(
    /\| notifications +\| 5,000,000 a month \| 9,999,999,999 a month \|/,
  );
});
