import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BENCHMARK_NAMES, BENCHMARKS, type BenchmarkName } from './benchmarks.ts';
import { describeMachine, type Machine } from './machine.ts';
import { type Block, markdown } from './markdown.ts';

/** The file with the results. */
export const RESULTS = join(import.meta.dirname, 'RESULTS.md');

const HEADER = `# Results

Written by \`npm run bench\`. Everything compared takes turns in one run, on one machine. A figure with a range is the
median of several rounds, with the lowest and the highest; ratios are taken round by round. Ratios carry over to
other machines; absolute figures do not.`;

/** The section of a benchmark, as Markdown. */
export function describeResults(
  name: BenchmarkName,
  about: string,
  blocks: readonly Block[],
  machine: Machine,
): string {
  const heading = `## ${BENCHMARKS[name].title}`;
  const measured = `Measured on ${describeMachine(machine)}.`;
  return [heading, about, measured, ...blocks.map(markdown)].join('\n\n');
}

/** Writes the section of a benchmark into a file of results, and keeps the other sections. */
export async function writeResults(
  file: string,
  name: BenchmarkName,
  section: string,
): Promise<void> {
  const [, ...others] = (await read(file)).split(/^(?=## )/m);
  const sections = BENCHMARK_NAMES.flatMap((each) => {
    if (each === name) return section;
    return others.find((other) => other.startsWith(`## ${BENCHMARKS[each].title}\n`)) ?? [];
  });
  await writeFile(file, `${[HEADER, ...sections].map((part) => part.trim()).join('\n\n')}\n`);
}

/** @returns the file's text; empty if it does not exist */
async function read(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}
