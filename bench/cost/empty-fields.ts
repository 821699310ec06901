import started from '../../src/shared/samples/started-task.json' with { type: 'json' };
import stopped from '../../src/shared/samples/stopped-task.json' with { type: 'json' };
import { EMPTY_FIELDS } from '../../src/shared/setting-values.ts';
import type { Table } from '../markdown.ts';
import { type CostInputs, measureItem } from './cost-inputs.ts';
import { PRICES } from './prices.ts';
import { writeUnits } from './usage.ts';

/**
 * The documented stopped task with made-up counters, as after 14 minutes on 16 cores. The documented zeros
 * would make its item smaller than real ones.
 */
const FILLED_TASK = {
  ...stopped,
  TaskDetails: {
    ...stopped.TaskDetails,
    RenderTime: '00:14:27.4830000',
    OutputFileSizeBytes: 48_234_567,
    AverageRamUsageBytes: 12_884_901_888,
    AverageRamUtilizationPercent: 38,
    PeakRamUsageBytes: 25_769_803_776,
    PeakRamUtilizationPercent: 76,
    AverageCpuUtilizationPercent: 91,
    PeakCPUUtilizationPercent: 100,
    AverageSwapBytes: 1_073_741_824,
    PeakSwapBytes: 2_147_483_648,
    UsedCPUClocks: 38_012_345_678_901,
    AvailableCPUClocks: 41_772_907_438_214,
  },
};

/** The cost of writing a task with filled counters, for each value of the setting `emptyFields`. */
export function emptyFieldsTable(inputs: CostInputs): Table {
  const { usd, size } = PRICES.write;
  return {
    title: 'A task that starts, and stops with its counters filled, by `emptyFields`',
    rows: EMPTY_FIELDS.map((emptyFields) => {
      const startedBytes = measureItem(started, { emptyFields });
      const stoppedBytes = measureItem(FILLED_TASK, { emptyFields });
      const units = writeUnits({ ...inputs, startedBytes, stoppedBytes });
      return {
        emptyFields,
        'bytes started': startedBytes,
        'bytes stopped': stoppedBytes,
        'write units': units,
        '$ of writes per million': (units / size) * usd * 1_000_000,
      };
    }),
  };
}
