import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { BENCHMARKS, type Benchmark } from '../bench/benchmarks.ts';
import { convergence } from '../bench/convergence/convergence-benchmark.ts';
import { describeMachine, thisMachine } from '../bench/machine.ts';
import { markdown, type Table } from '../bench/markdown.ts';
import { readCall, runCommand } from '../src/terminal/command.ts';
import { EXIT } from '../src/terminal/exit-codes.ts';

/** Where a run leaves what it has measured. */
const RESULTS = 'bench.json';

const LIST = Object.entries(BENCHMARKS).map(([name, { what }]) => `  ${name.padEnd(11)}  ${what}`);

const USAGE = `Usage: npm run bench -- [<name>]
       npm run bench -- convergence [--seeds <first>[-<last>]]

Measures on this machine, prints tables and writes them to ${RESULTS}; without a name, all of

${LIST.join('\n')}

and, only by its name,

  convergence  whether each row ends as its newest notification, whatever the queue and the function
               do, side by side with an unconditional writer; a seed makes the same disorder again`;

await runCommand(async (signal) => {
  const call = readCall(USAGE, readCommandLine);
  if (call === undefined) return EXIT.usage;
  return 'seeds' in call ? simulate(call.seeds, signal) : measure(call.names, signal);
});

async function measure(names: readonly string[], signal: AbortSignal): Promise<number> {
  const machine = await thisMachine();
  console.log(describeMachine(machine));
  const benchmarks: Record<string, Table[]> = {};
  for (const name of names) {
    signal.throwIfAborted();
    console.error(`… ${name}`);
    const { run } = await (BENCHMARKS[name] as Benchmark).load();
    benchmarks[name] = await run(signal);
    signal.throwIfAborted();
    for (const table of benchmarks[name]) console.log(`\n${markdown(table)}`);
  }
  await writeFile(RESULTS, `${JSON.stringify({ machine, benchmarks }, null, 1)}\n`);
  console.error(`Written to ${RESULTS}.`);
  return 0;
}

async function simulate(seeds: readonly number[], signal: AbortSignal): Promise<number> {
  const wrong = await convergence(seeds, signal);
  if (wrong.length === 0) return 0;
  console.error(`\nWrong:\n${wrong.map((problem) => `- ${problem}`).join('\n')}`);
  return EXIT.failure;
}

function readCommandLine(): { names: string[] } | { seeds: number[] } {
  const { values, positionals } = parseArgs({
    options: { seeds: { type: 'string' } },
    allowPositionals: true,
  });
  const [name, ...rest] = positionals;
  if (name === 'convergence' && rest.length === 0) return { seeds: seedsOf(values.seeds ?? '1-5') };
  if (values.seeds !== undefined) throw new Error('--seeds is for convergence.');
  if (name === undefined) return { names: Object.keys(BENCHMARKS) };
  if (Object.hasOwn(BENCHMARKS, name) && rest.length === 0) return { names: [name] };
  throw new Error(`There is no benchmark ${positionals.join(' ')}.`);
}

function seedsOf(text: string): number[] {
  const [, first, last = first] = /^(\d{1,6})(?:-(\d{1,6}))?$/.exec(text) ?? [];
  const [from, to] = [Number(first), Number(last)];
  if (from <= to) return Array.from({ length: to - from + 1 }, (_, index) => from + index);
  throw new Error(`--seeds takes a number or a range such as 1-5, not ${text}.`);
}
