import { type Command, InvalidArgumentError, Option } from 'commander';
import { createProgram } from '../src/terminal/call.ts';
import { withProgress } from '../src/terminal/progress.ts';
import { BENCHMARK_NAMES, BENCHMARKS, type BenchmarkName } from './benchmarks.ts';
import { markdown } from './markdown.ts';
import { RESULTS } from './results.ts';
import { runBenchmarks } from './run-benchmarks.ts';

/** Does what the command line asks for, and returns the exit code. */
export type Work = (signal: AbortSignal) => Promise<number>;

/**
 * The program behind `npm run bench`.
 *
 * @param choose gets the work that the command line asks for
 */
export function createBenchProgram(choose: (work: Work) => void): Command {
  const program = createProgram(
    'npm run bench --',
    'Measures on this machine, prints the results and writes them to a file. Without a command, runs all benchmarks but convergence.',
  )
    .addOption(
      new Option('--out <file>', 'where to write the results').default(RESULTS, 'bench/RESULTS.md'),
    )
    .action(() => {
      const [unknown] = program.args;
      if (unknown !== undefined) program.error(`error: there is no benchmark '${unknown}'`);
      choose(run(BENCHMARK_NAMES.filter((name) => name !== 'convergence')));
    });
  const run =
    (names: readonly BenchmarkName[], seeds?: readonly number[]): Work =>
    (signal) =>
      runBenchmarks(names, program.opts<{ out: string }>().out, signal, seeds && { seeds });

  const add = (name: BenchmarkName): Command =>
    program
      .command(name)
      .description(BENCHMARKS[name].description)
      .action(() => choose(run([name])));
  const commands = Object.fromEntries(BENCHMARK_NAMES.map((name) => [name, add(name)])) as Record<
    BenchmarkName,
    Command
  >;
  program.allowExcessArguments(); // an unknown benchmark, which the action names

  commands.cost
    .option(
      '--month [notifications...]',
      'print only what a month costs, and measure nothing',
      volumes,
    )
    .action(({ month }: { month?: true | number[] }) =>
      choose(month ? () => printMonthlyCost(month === true ? undefined : month) : run(['cost'])),
    );
  commands.convergence
    .option(
      '--seeds <range>',
      'a number, or a range such as 1-5: a seed repeats its run',
      seedRange,
    )
    .action(({ seeds }: { seeds?: number[] }) => choose(run(['convergence'], seeds)));
  return program;
}

/** All prices are in their first tier up to this. */
function volumes(text: string, others: number[] = []): number[] {
  if (/^[1-9]\d{0,9}$/.test(text)) return [...others, Number(text)];
  throw new InvalidArgumentError('It is a whole number from 1 to 9999999999.');
}

function seedRange(text: string): number[] {
  const [, first, last = first] = /^(\d{1,6})(?:-(\d{1,6}))?$/.exec(text) ?? [];
  const [from, to] = [Number(first), Number(last)];
  if (from <= to) return Array.from({ length: to - from + 1 }, (_, index) => from + index);
  throw new InvalidArgumentError('It is a number, or a range such as 1-5.');
}

async function printMonthlyCost(volumes: readonly number[] | undefined): Promise<number> {
  const blocks = await withProgress('synthesizing the stack', async () => {
    const { synthesize } = await import('../src/local/template.ts');
    const { readCostInputs } = await import('./cost/cost-inputs.ts');
    const { monthlyCost } = await import('./cost/monthly-cost.ts');
    return monthlyCost(readCostInputs(await synthesize()), volumes);
  });
  console.log(blocks.map(markdown).join('\n\n'));
  return 0;
}
