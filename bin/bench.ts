import { parseArgs } from 'node:util';
import { convergence } from '../src/bench/convergence.ts';
import { EXIT, readCall, runCommand } from '../src/terminal/command.ts';

const USAGE = `Usage: npm run bench -- [convergence [--seeds <first>[-<last>]]]

  convergence  whether each row ends as its newest notification, whatever the queue and the function
               do, side by side with an unconditional writer; a seed makes the same disorder again`;

await runCommand(async (signal) => {
  const seeds = readCall(USAGE, readSeeds);
  if (seeds === undefined) return EXIT.usage;
  const wrong = await convergence(seeds, signal);
  if (wrong.length === 0) return 0;
  console.error(`\nWrong:\n${wrong.map((problem) => `- ${problem}`).join('\n')}`);
  return EXIT.failed;
});

function readSeeds(): number[] {
  const { values, positionals } = parseArgs({
    options: { seeds: { type: 'string', default: '1-5' } },
    allowPositionals: true,
  });
  const [name = 'convergence', ...rest] = positionals;
  if (name !== 'convergence' || rest.length > 0) {
    throw new Error(`There is no benchmark ${[name, ...rest].join(' ')}.`);
  }
  return seedsOf(values.seeds);
}

function seedsOf(text: string): number[] {
  const [, first, last = first] = /^(\d{1,6})(?:-(\d{1,6}))?$/.exec(text) ?? [];
  const [from, to] = [Number(first), Number(last)];
  if (from <= to) return Array.from({ length: to - from + 1 }, (_, index) => from + index);
  throw new Error(`--seeds takes a number or a range such as 1-5, not ${text}.`);
}
