import { expect, inject, test } from 'vitest';
import { simulateDeliveries } from '../../../bench/convergence/simulate-deliveries.ts';
import { conditional, unconditional, type Writer } from '../../../bench/convergence/writers.ts';
import { createStackTables } from '../../../bench/stack-tables.ts';
import { synthesize } from '../../../src/local/template.ts';

const template = await synthesize();

async function simulate(seed: number, writer: Writer) {
  const { client, names } = await createStackTables(template, inject('dynamoDbEndpoint'));
  const signal = AbortSignal.timeout(60_000);
  return simulateDeliveries({ seed, tasks: 500, writer, client, tables: names, signal });
}

test.for([1, 2, 3, 4])(
  'seed %i: after disorder, duplicates, races, killed and late invocations, each row is its newest notification',
  async (seed) => {
    const { stale, missing, ...result } = await simulate(seed, conditional);
    expect({ stale, missing }).toEqual({ stale: [], missing: [] });
    expect(result.rows).toBe(510);
    expect(result.deliveries).toBeGreaterThan(2_000);
    expect(result.killed).toBeGreaterThan(0);
    expect(result.failures).toBeGreaterThan(0);
    expect(result.lostRaces).toBeGreaterThan(20);
  },
);

test('the simulation finds the stale rows of an unconditional writer', async () => {
  const { stale, missing } = await simulate(1, unconditional);
  expect(stale.length).toBeGreaterThan(50);
  expect(missing).toEqual([]);
});

test('a seed repeats the same simulation, to the last request', async () => {
  const first = await simulate(5, conditional);
  expect(await simulate(5, conditional)).toEqual(first);
  const broken = await simulate(5, unconditional);
  expect(await simulate(5, unconditional)).toEqual(broken);
  expect(await simulate(6, conditional)).not.toEqual(first);
});
