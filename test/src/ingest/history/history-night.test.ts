import { paginateScan } from '@aws-sdk/client-dynamodb';
import type { SQSRecord } from 'aws-lambda';
import { expect, inject, test } from 'vitest';
import { EntryTable } from '../../../../src/ingest/history/entry-table.ts';
import { ingest } from '../../../../src/ingest/ingest.ts';
import { TableClient } from '../../../../src/ingest/store/table-client.ts';
import { Random } from '../../../../src/local/farm/random.ts';
import { simulateFarm } from '../../../../src/local/farm/simulate-farm.ts';
import { retryUntil } from '../../../../src/shared/retry.ts';
import { record } from '../../../support/records.ts';
import { emptyTables, HISTORY, JOBS, TASKS } from '../../../support/test-tables.ts';

const RULES = {
  newestBy: 'sent_timestamp',
  retentionDays: undefined,
  emptyFields: 'keep',
  rendering: 'off',
} as const;

const { client } = await emptyTables(undefined, inject('historyTemplate'));
const night = simulateFarm({
  seed: 2,
  end: Date.parse('2026-11-25T11:00:00Z'),
  hours: 2,
  jobs: 5,
});
const records = night.map(({ sent, body }) => record(body, sent));

class Killed extends Error {}

/** Delivers a batch to a function that may be killed before or after any of its requests. */
async function deliver(batch: readonly SQSRecord[], isKilled: () => boolean): Promise<boolean> {
  const perilous = <Part extends object>(part: Part): Part =>
    new Proxy(part, {
      get:
        (target, name) =>
        async (...given: unknown[]) => {
          if (isKilled()) throw new Killed();
          const method = Reflect.get(target, name) as (...all: unknown[]) => Promise<unknown>;
          const answer = await method.apply(target, given);
          if (isKilled()) throw new Killed();
          return answer;
        },
    });
  const retry = retryUntil(AbortSignal.timeout(60_000));
  const rows = perilous(new TableClient(client, { job: JOBS, task: TASKS }));
  const table = perilous(new EntryTable(client, HISTORY));
  try {
    const history = { level: 'all', days: 30, table, retry } as const;
    const { outcomes } = await ingest(batch, rows, RULES, retry, history);
    return outcomes.every((outcome) => !('reason' in outcome));
  } catch (error) {
    if (!(error instanceof Killed)) throw error;
    return false;
  }
}

/** All items of a table, in the order of their keys. */
async function contents(TableName: string): Promise<string[]> {
  const items: string[] = [];
  for await (const { Items = [] } of paginateScan({ client }, { TableName })) {
    const sorted = (item: object) => JSON.stringify(Object.entries(item).sort());
    items.push(...Items.map(sorted));
  }
  return items.sort();
}

/** Delivers all in batches of any size, out of order, until each is acknowledged. */
async function redeliver(random: Random): Promise<number> {
  let [open, killed] = [shuffled(records, random), 0];
  while (open.length > 0) {
    const batch = open.slice(0, random.int(1, 200));
    open = open.slice(batch.length);
    if (await deliver(batch, () => random.chance(5))) continue;
    killed += 1;
    open = [...open, ...batch];
  }
  return killed;
}

function shuffled<T>(all: readonly T[], random: Random): T[] {
  return all
    .map((each) => ({ each, place: random.int(0, 2 ** 31) }))
    .sort((a, b) => a.place - b.place)
    .map(({ each }) => each);
}

test('a night has one entry a notification; redelivered three times and killed at random, the same bytes', async () => {
  expect(await deliver(records, () => false)).toBe(true);
  const entries = await contents(HISTORY);
  const rows = [await contents(JOBS), await contents(TASKS)];
  expect(entries).toHaveLength(night.length);
  const requeues = night.filter(
    ({ body }) => 'TaskDetails' in body && body.TaskDetails.Status === 'Queued',
  );
  expect(requeues.length).toBeGreaterThan(0);
  expect(entries.filter((entry) => entry.includes('"task-requeued"'))).toHaveLength(
    requeues.length,
  );

  const random = new Random(18);
  let killed = 0;
  for (let time = 0; time < 3; time += 1) killed += await redeliver(random);
  expect(killed).toBeGreaterThan(3);
  expect(await contents(HISTORY)).toEqual(entries);
  expect([await contents(JOBS), await contents(TASKS)]).toEqual(rows);
});
