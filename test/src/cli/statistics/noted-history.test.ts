import { expect, test } from 'vitest';
import { NotedHistory } from '../../../../src/cli/statistics/noted-history.ts';
import type { HistoryEntry } from '../../../../src/shared/history-entry.ts';

const [CREATED, KEPT] = [Date.UTC(2026, 10, 20), Date.UTC(2026, 9, 26)];

test.for([
  ['with entries since its table was created, begins then', ['2026-11-21'], CREATED, CREATED],
  ['without an entry, begins with its table', [], CREATED, CREATED],
  ['with older entries, goes back as far as they are kept', ['2026-11-19'], CREATED, KEPT],
  [
    'with entries that are expired and still there, does not count them',
    ['2026-09-01'],
    KEPT,
    KEPT,
  ],
] as const)('a history %s', async ([, days, earliest, expected]) => {
  const entries = {
    async *ofJob() {
      for (const day of days) {
        const at = `${day}T00:00:00.0000000`;
        yield { at, job_id: 'one', transition: 'task-failed' } as HistoryEntry;
      }
    },
    earliest: async () => earliest,
    kept: KEPT,
  };
  const noted = new NotedHistory(entries);
  expect(await Array.fromAsync(noted.ofJob('one'))).toHaveLength(days.length);
  expect(await noted.begin()).toBe(expected);
});
