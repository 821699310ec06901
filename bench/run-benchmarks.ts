import { EXIT } from '../src/terminal/exit-codes.ts';
import {
  BENCHMARKS,
  type BenchmarkModule,
  type BenchmarkName,
  type BenchmarkOptions,
} from './benchmarks.ts';
import { thisMachine } from './machine.ts';
import { describeResults, writeResults } from './results.ts';

/**
 * Runs benchmarks one after another, prints their results, and writes them to a file.
 *
 * @returns the exit code: 1 if a benchmark found problems
 */
export async function runBenchmarks(
  names: readonly BenchmarkName[],
  file: string,
  signal: AbortSignal,
  options: BenchmarkOptions = {},
): Promise<number> {
  const machine = await thisMachine();
  const problems: string[] = [];
  for (const name of names) {
    signal.throwIfAborted();
    console.error(`… ${name}`);
    const { about, run }: BenchmarkModule = await BENCHMARKS[name].load();
    const report = await run(signal, options);
    signal.throwIfAborted();
    const section = describeResults(name, about, report.blocks, machine);
    console.log(`${section}\n`);
    await writeResults(file, name, section);
    problems.push(...(report.problems ?? []));
  }
  console.error(`Written to ${file}.`);
  if (problems.length === 0) return 0;
  console.error(`\nWrong:\n${problems.map((problem) => `- ${problem}`).join('\n')}`);
  return EXIT.failure;
}
