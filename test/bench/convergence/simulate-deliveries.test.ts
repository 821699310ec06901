import { expect, inject, test } from 'vitest';
import { simulate } from '../../../bench/convergence/simulate-deliveries.ts';
import { conditional, unconditional, type Writer } from '../../../bench/convergence/writers.ts';
import { createStackTables } from '../../../bench/stack-tables.ts';
import { synthesize } from '../../../src/local/template.ts';

const template = await synthesize();

async function simulated(seed: number, writer: Writer) {
  const { client, names } = await createStackTables(template, inject('dynamoDbEndpoint'));
  return simulate(seed, 500, writer, client, names, AbortSignal.timeout(60_000));
}

test.for([1, 2, 3, 4])(
  'disorder, duplicates, races, killed and late invocations of seed %i: each row ends as its newest',
  async (seed) => {
    const { stale, missing, ...result } = await simulated(seed, conditional);
    expect({ stale, missing }).toEqual({ stale: [], missing: [] });
    expect(result.rows).toBe(510);
    expect(result.deliveries).toBeGreaterThan(2_000);
    expect(result.killed).toBeGreaterThan(0);
    expect(result.reported).toBeGreaterThan(0);
    expect(result.lostRaces).toBeGreaterThan(20);
  },
);

test('the simulation finds the stale rows of a writer without conditions', async () => {
  const { stale, missing } = await simulated(1, unconditional);
  expect(stale.length).toBeGreaterThan(50);
  expect(missing).toEqual([]);
});

test('a seed makes the same simulation again, to the last request', async () => {
  const first = await simulated(5, conditional);
  expect(await simulated(5, conditional)).toEqual(first);
  const broken = await simulated(5, unconditional);
  expect(await simulated(5, unconditional)).toEqual(broken);
  expect(await simulated(6, conditional)).not.toEqual(first);
});
