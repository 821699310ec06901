import started from '../../src/shared/samples/started-task.json' with { type: 'json' };
import stopped from '../../src/shared/samples/stopped-task.json' with { type: 'json' };
import { RENDERING, type Rendering } from '../../src/shared/setting-values.ts';
import type { Table } from '../markdown.ts';
import { type CostInputs, measureItem } from './cost-inputs.ts';
import { PRICES } from './prices.ts';
import { RENDERING_WRITES, readUnits, writeUnits } from './usage.ts';

/** The cost of storing a task's start and stop, for each value of the setting `rendering`. */
export function renderingTable(inputs: CostInputs): Table {
  const off = unitsWith('off', inputs);
  return {
    title: 'A documented task that starts and stops, by `rendering`, per notification',
    rows: RENDERING.map((rendering) => {
      const { startedBytes, stoppedBytes, write, read, usd } = unitsWith(rendering, inputs);
      return {
        rendering,
        'bytes started': startedBytes,
        'bytes stopped': stoppedBytes,
        'write units': write,
        'read units': read,
        '$ per million': usd * 1_000_000,
        'times off': usd / off.usd,
      };
    }),
  };
}

function unitsWith(rendering: Rendering, inputs: CostInputs) {
  const startedBytes = measureItem(started, { rendering });
  const stoppedBytes = measureItem(stopped, { rendering });
  const sizes = { ...inputs, startedBytes, stoppedBytes };
  const write = writeUnits(sizes) + (rendering === 'on' ? RENDERING_WRITES : 0);
  const read = readUnits(sizes);
  const usd =
    (write / PRICES.write.size) * PRICES.write.usd + (read / PRICES.read.size) * PRICES.read.usd;
  return { startedBytes, stoppedBytes, write, read, usd };
}
