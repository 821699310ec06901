import { expect, inject, test } from 'vitest';
import { readCostInputs } from '../../../bench/cost/cost-inputs.ts';
import { renderingTable } from '../../../bench/cost/rendering-index.ts';

test('the index of what renders takes a write unit for each start and each stop', () => {
  const off = readCostInputs(inject('template'));
  const on = readCostInputs(inject('renderingTemplate'));
  expect(on).toEqual({ ...off, alarmMetrics: off.alarmMetrics + 1 });
  const row = (rendering: string, started: number, units: number, usd: number, times: number) => ({
    rendering,
    'bytes started': started,
    'bytes stopped': 989,
    'write units': units,
    'read units': 0.5,
    '$ per million': expect.closeTo(usd),
    'times off': expect.closeTo(times),
  });
  expect(renderingTable(off).rows).toEqual([
    row('on', 921, 2, 1.3125, 1.909),
    row('off', 911, 1, 0.6875, 1),
  ]);
});
