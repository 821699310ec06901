import { startDynamoDbLocal } from '../../src/local/engines/dynamodb-local.ts';
import { synthesize } from '../../src/local/template.ts';
import { withBar } from '../../src/terminal/progress.ts';
import type { BenchmarkOptions, Report } from '../benchmarks.ts';
import type { Row } from '../markdown.ts';
import { createStackTables } from '../stack-tables.ts';
import { type SimulationResult, simulateDeliveries } from './simulate-deliveries.ts';
import { conditional, unconditional } from './writers.ts';

export const about = `Each seed simulates a farm on DynamoDB Local. Its notifications arrive out of order, with duplicates, in batches of 1
to 500, at ten concurrent invocations; about one invocation in eight is killed, others run out of time. Reads answer
from the past: three in ten of those that are eventually consistent give an earlier state of the row, or none. In the
end, every row must be its newest notification. The seed decides which request DynamoDB receives next, so it repeats a
run to the last request, and the requests of all invocations collide far more often than on a real farm.

- **unconditional**: the newest notification of each row in the batch, by \`BatchWriteItem\`, regardless of the stored
  row. This is what Deadline's documented example intends.
- **by sent_timestamp**: the function's own code, with the history of all notifications. A stale or missing row, or an
  entry that is missing or doubled, is reported with its seed, and the exit code is 1.
- **by timestamp**: the same, with \`newestBy\` set to \`timestamp\`.

Three notifications in a hundred are sent again by their sender, up to a second later; the farm's clocks differ by up to
2 ms. Rows that are the newest notification by their order, but not the last event, are counted as **misled**: by the
sent time, repeats mislead; by \`Timestamp\`, clocks do.`;

/** Tasks per seed. */
const TASKS = 3_000;

/** The writers, and the order by which the rows of each are checked. */
const WRITERS = [
  ['unconditional', 'sent_timestamp', () => unconditional],
  ['by sent_timestamp', 'sent_timestamp', conditional],
  ['by timestamp', 'timestamp', conditional],
] as const;

/** The results of a writer, one per seed. */
export interface WriterResults {
  readonly writer: (typeof WRITERS)[number][0];
  readonly results: readonly SimulationResult[];
}

/** Simulates each seed with each writer. */
export async function run(
  signal: AbortSignal,
  { seeds = [1, 2, 3, 4, 5] }: BenchmarkOptions = {},
): Promise<Report> {
  await using local = await startDynamoDbLocal({ port: 0, shared: false, signal });
  const template = await synthesize({ history: 'all' });
  const all = WRITERS.map(([writer]) => ({ writer, results: [] as SimulationResult[] }));
  await withBar('simulations', seeds.length * WRITERS.length, async (onDone) => {
    for (const seed of seeds) {
      for (const [index, [, newestBy, writerBy]] of WRITERS.entries()) {
        const { client, names: tables } = await createStackTables(template, local.endpoint);
        const writer = writerBy(newestBy);
        const simulation = { seed, tasks: TASKS, writer, newestBy, client, tables, signal };
        all[index]?.results.push(await simulateDeliveries(simulation));
        client.destroy();
        onDone(1);
      }
    }
  });
  return report(seeds, all);
}

/** Compares the results of the writers. */
export function report(seeds: readonly number[], all: readonly WriterResults[]): Report {
  const [first, last] = [seeds[0], seeds.at(-1)];
  const range = first === last ? `Seed ${first}` : `Seeds ${first} to ${last}`;
  return {
    blocks: [
      {
        title: `${range}, ${TASKS.toLocaleString('en-US')} tasks each`,
        rows: all.map(({ writer, results }) => ({ writer, ...totals(writer, results) })),
      },
    ],
    problems: all
      .filter(({ writer }) => writer !== 'unconditional')
      .flatMap(({ writer, results }) =>
        results.flatMap((result, index) => describeProblem(seeds[index] as number, writer, result)),
      ),
  };
}

function totals(writer: string, results: readonly SimulationResult[]): Row {
  const sum = (count: (result: SimulationResult) => number) =>
    results.reduce((total, result) => total + count(result), 0);
  const rows = sum((result) => result.rows);
  const stale = sum((result) => result.stale.length);
  return {
    'stale rows': stale,
    'stale rows, %': (100 * stale) / rows,
    'missing rows': sum((result) => result.missing.length),
    ...(writer === 'unconditional'
      ? { 'entries missing': 'no history', 'entries doubled': 'no history' }
      : {
          'entries missing': sum(({ entries }) => entries.missing.length),
          'entries doubled': sum(({ entries }) => entries.doubled.length),
        }),
    'misled, %': (100 * sum((result) => result.misled)) / rows,
    rows,
    deliveries: sum((result) => result.deliveries),
    invocations: sum((result) => result.invocations),
    killed: sum((result) => result.killed),
    'batch item failures': sum((result) => result.failures),
    'lost races': sum((result) => result.lostRaces),
    'read units': sum((result) => result.reads),
    'write units': sum((result) => result.writes),
  };
}

function describeProblem(
  seed: number,
  writer: string,
  { stale, missing, entries }: SimulationResult,
): string[] {
  const wrong = [...stale, ...missing, ...entries.missing, ...entries.doubled];
  if (wrong.length === 0) return [];
  return [
    `Seed ${seed}, ${writer}: ${stale.length} rows are stale and ${missing.length} missing, ${entries.missing.length} entries are missing and ` +
      `${entries.doubled.length} doubled, such as ${wrong[0]}. To repeat it: npm run bench -- convergence --seeds ${seed}`,
  ];
}
