import { expect, inject, test } from 'vitest';
import { readCostInputs } from '../../../bench/cost/cost-inputs.ts';
import { historyTable } from '../../../bench/cost/history-levels-cost.ts';

test('an entry takes a write unit; off, the history costs nothing, and of problems a twentieth', () => {
  const off = readCostInputs(inject('template'));
  const on = readCostInputs(inject('historyTemplate'));
  expect(on).toEqual({ ...off, alarmMetrics: off.alarmMetrics + 1 });
  const [none, problems, all] = historyTable(off).rows as Record<string, number>[];
  expect(none).toMatchObject({ '$ of writes': 0, '$ of storage and backups': 0 });
  expect(all).toMatchObject({ 'write units each': 1, '$ of writes': 0.625 });
  expect(problems?.['write units each']).toBeGreaterThan(0.03);
  expect(problems?.['write units each']).toBeLessThan(0.07);
  expect(all?.['bytes, most']).toBeLessThan(1_024);
});
