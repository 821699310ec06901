import { startDynamoDbLocal } from '../../src/local/engines/dynamodb-local.ts';
import { synthesize } from '../../src/local/template.ts';
import { withBar } from '../../src/terminal/progress.ts';
import { show } from '../../src/terminal/table.ts';
import { createStackTables } from '../stack-tables.ts';
import { type SimulationResult, simulateDeliveries } from './simulate-deliveries.ts';
import { conditional, unconditional } from './writers.ts';

/** How many tasks the farm of one seed has. */
const TASKS = 3_000;

/**
 * For each seed, simulates a farm, a queue that keeps no order and invocations that are killed or late, with
 * an unconditional writer and with the project's own, and prints how their tables ended.
 *
 * @returns what is wrong with the project's own, a sentence a seed
 */
export async function convergence(
  seeds: readonly number[],
  signal: AbortSignal,
): Promise<string[]> {
  await using engine = await startDynamoDbLocal({ port: 0, shared: false, signal });
  const template = await synthesize();
  const theirs: SimulationResult[] = [];
  const ours: SimulationResult[] = [];
  await withBar('simulations', seeds.length * 2, async (onDone) => {
    for (const seed of seeds) {
      for (const [writer, results] of [
        [unconditional, theirs],
        [conditional, ours],
      ] as const) {
        const { client, names: tables } = await createStackTables(template, engine.endpoint);
        results.push(
          await simulateDeliveries({ seed, tasks: TASKS, writer, client, tables, signal }),
        );
        client.destroy();
        onDone(1);
      }
    }
  });
  show(`Convergence: ${seeds.length} seeds, ${TASKS} tasks each, ten invocations at once`, [
    { writer: 'unconditional BatchWriteItem', ...totals(theirs) },
    { writer: 'Deadline Notifications', ...totals(ours) },
  ]);
  return ours.flatMap((result, index) => problem(seeds[index] as number, result));
}

function totals(results: readonly SimulationResult[]): object {
  const sum = (count: (result: SimulationResult) => number) =>
    results.reduce((total, result) => total + count(result), 0);
  const rows = sum((result) => result.rows);
  const stale = sum((result) => result.stale.length);
  return {
    'rows stale': `${stale} of ${rows} (${((100 * stale) / rows).toFixed(1)} %)`,
    missing: sum((result) => result.missing.length),
    deliveries: sum((result) => result.deliveries),
    'invocations killed': `${sum((result) => result.killed)} of ${sum((result) => result.invocations)}`,
    'records given back': sum((result) => result.failures),
    'lost races': sum((result) => result.lostRaces),
    'read units': sum((result) => result.reads),
    'write units': sum((result) => result.writes),
  };
}

function problem(seed: number, { stale, missing }: SimulationResult): string[] {
  const wrong = [...stale, ...missing];
  if (wrong.length === 0) return [];
  return [
    `Seed ${seed}: ${stale.length} rows are stale and ${missing.length} missing, such as ${wrong[0]}. ` +
      `Again: npm run bench -- convergence --seeds ${seed}`,
  ];
}
