import { NumberValue } from '@aws-sdk/lib-dynamodb';
import { parseTicks } from '../../shared/run-time.ts';
import type { Row, TaskSummary } from '../aws/row-summary.ts';
import { RENDERING } from '../status.ts';

/**
 * What a task's row says of its last try, exactly. Deadline sends zeros for what it did not measure: those, and what
 * is missing or cannot be, are `undefined`.
 */
export interface MeasuredTask {
  readonly task: number | string;
  readonly status: string | undefined;
  readonly worker: string | undefined;
  readonly frames: string | undefined;
  /** Of all its tries. */
  readonly errors: number | undefined;
  /** How long it rendered, in ticks of 100 ns; `undefined` while it renders. A stop may say that it did not at all: 0. */
  readonly rendered: bigint | undefined;
  readonly outputBytes: bigint | undefined;
  readonly peakRamBytes: bigint | undefined;
  readonly usedCpuClocks: bigint | undefined;
  readonly availableCpuClocks: bigint | undefined;
}

/** The counters of `task_details` that it is made of. */
export const MEASURES = [
  'OutputFileSizeBytes',
  'PeakRamUsageBytes',
  'UsedCPUClocks',
  'AvailableCPUClocks',
];

/** @param summary of the same row */
export function measuredTask(row: Row, summary: TaskSummary): MeasuredTask {
  const { task, status, worker, frames, errors, renderTime } = summary;
  const details = (row.task_details ?? {}) as Row;
  const rendered = status === RENDERING ? undefined : parseTicks(renderTime);
  const available = measured(details.AvailableCPUClocks);
  return {
    ...{ task, status, frames, errors },
    worker: worker || undefined,
    // Clocks that differ make a time of it that cannot be.
    rendered: rendered !== undefined && rendered >= 0n ? rendered : undefined,
    outputBytes: measured(details.OutputFileSizeBytes),
    peakRamBytes: measured(details.PeakRamUsageBytes),
    usedCpuClocks: available === undefined ? undefined : integer(details.UsedCPUClocks),
    availableCpuClocks: available,
  };
}

function measured(value: unknown): bigint | undefined {
  const found = integer(value);
  return found === 0n ? undefined : found;
}

/** A whole number that is not negative, of any size. */
function integer(value: unknown): bigint | undefined {
  const text = value instanceof NumberValue ? value.toString() : value;
  if (typeof text === 'number') {
    return Number.isSafeInteger(text) && text >= 0 ? BigInt(text) : undefined;
  }
  return typeof text === 'string' && value instanceof NumberValue && /^\d+$/.test(text)
    ? BigInt(text)
    : undefined;
}
