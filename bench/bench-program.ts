import { type Command, InvalidArgumentError, Option } from 'commander';
import { createProgram } from '../src/terminal/call.ts';
import { withProgress } from '../src/terminal/progress.ts';
import { BENCHMARK_NAMES, BENCHMARKS, type BenchmarkName } from './benchmarks.ts';
import { markdown } from './markdown.ts';
import { RESULTS } from './results.ts';
import { runBenchmarks } from './run-benchmarks.ts';

/** Runs the chosen command, and returns the exit code. */
export type Work = (signal: AbortSignal) => Promise<number>;

/** `exhaustive` is an option of `convergence`. */
const COMMAND_NAMES = BENCHMARK_NAMES.filter((name) => name !== 'exhaustive');

/**
 * The program behind `npm run bench`.
 *
 * @param choose receives the work to do
 */
export function createBenchProgram(choose: (work: Work) => void): Command {
  const program = createProgram(
    'npm run bench --',
    'Runs benchmarks on this machine, prints the results, and writes them to a file. Without a command, runs all except convergence.',
  )
    .addOption(
      new Option('--out <file>', 'where to write the results').default(RESULTS, 'bench/RESULTS.md'),
    )
    .action(() => {
      const [unknown] = program.args;
      if (unknown !== undefined) program.error(`error: unknown benchmark '${unknown}'`);
      choose(run(COMMAND_NAMES.filter((name) => name !== 'convergence')));
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
  const commands = Object.fromEntries(COMMAND_NAMES.map((name) => [name, add(name)])) as Record<
    (typeof COMMAND_NAMES)[number],
    Command
  >;
  program.allowExcessArguments(); // the action reports an unknown benchmark

  commands.cost
    .option(
      '--month [notifications...]',
      'only prints the cost of a month, without measuring anything',
      volumes,
    )
    .action(({ month }: { month?: true | number[] }) =>
      choose(month ? () => printMonthlyCost(month === true ? undefined : month) : run(['cost'])),
    );
  commands.convergence
    .option(
      '--seeds <range>',
      'a number or a range such as 1-5; the same seed repeats the same run',
      seedRange,
    )
    .addOption(
      new Option('--exhaustive', 'instead, every order of events in small worlds').conflicts(
        'seeds',
      ),
    )
    .action(({ seeds, exhaustive }: { seeds?: number[]; exhaustive?: true }) =>
      choose(exhaustive ? run(['exhaustive']) : run(['convergence'], seeds)),
    );
  return program;
}

/** Up to this number of notifications, all prices are in their first tier. */
function volumes(text: string, others: number[] = []): number[] {
  if (/^[1-9]\d{0,9}$/.test(text)) return [...others, Number(text)];
  throw new InvalidArgumentError('Expected a whole number from 1 to 9999999999.');
}

function seedRange(text: string): number[] {
  const [, first, last = first] = /^(\d{1,6})(?:-(\d{1,6}))?$/.exec(text) ?? [];
  const [from, to] = [Number(first), Number(last)];
  if (from <= to) return Array.from({ length: to - from + 1 }, (_, index) => from + index);
  throw new InvalidArgumentError('Expected a number or a range such as 1-5.');
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
