import { expect, inject, test } from 'vitest';
import { simulateDeliveries } from '../../../bench/convergence/simulate-deliveries.ts';
import { conditional, unconditional, type Writer } from '../../../bench/convergence/writers.ts';
import { createStackTables } from '../../../bench/stack-tables.ts';
import type { NewestBy } from '../../../src/shared/setting-values.ts';

const template = inject('historyTemplate');

async function simulate(
  seed: number,
  writer: Writer,
  newestBy: NewestBy = 'sent_timestamp',
  tasks = 500,
) {
  const { client, names: tables } = await createStackTables(template, inject('dynamoDbEndpoint'));
  const signal = AbortSignal.timeout(60_000);
  return simulateDeliveries({ seed, tasks, writer, newestBy, client, tables, signal });
}

test.for([
  [1, 'sent_timestamp'],
  [2, 'timestamp'],
] as const)(
  'seed %i, newest by %s: after disorder, duplicates, repeats, races, reads from the past, killed and late invocations, each row is its newest notification, and each notification has one entry',
  async ([seed, newestBy]) => {
    const { stale, missing, entries, ...result } = await simulate(
      seed,
      conditional(newestBy),
      newestBy,
    );
    expect({ stale, missing }).toEqual({ stale: [], missing: [] });
    expect(entries).toEqual({ missing: [], doubled: [] });
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
  const few = (seed: number, writer: Writer) => simulate(seed, writer, 'sent_timestamp', 150);
  const first = await few(5, conditional('sent_timestamp'));
  expect(await few(5, conditional('sent_timestamp'))).toEqual(first);
  const broken = await few(5, unconditional);
  expect(await few(5, unconditional)).toEqual(broken);
  expect(await few(6, conditional('sent_timestamp'))).not.toEqual(first);
});
