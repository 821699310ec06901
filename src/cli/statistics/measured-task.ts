import { NumberValue } from '@aws-sdk/lib-dynamodb';
import { parseTicks } from '../../shared/run-time.ts';
import type { Row } from '../aws/row-summary.ts';
import { RENDERING } from '../status.ts';

/**
 * What a task's row says of its last try, exactly. Deadline sends zeros for what it did not measure: those, and what
 * is missing or cannot be, are `undefined`.
 */
export interface MeasuredTask {
  /** A text if it is no exact number in JavaScript. */
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

/** The fields of a row that it is made of. */
export const MEASURED_FIELDS = [
  'task_id',
  ...[
    'Status',
    'WorkerName',
    'FrameRange',
    'NumberOfErrors',
    'RenderTime',
    'OutputFileSizeBytes',
    'PeakRamUsageBytes',
    'UsedCPUClocks',
    'AvailableCPUClocks',
  ].map((name) => `task_details.${name}`),
];

/** Reads a row by hand: there are many, and a schema takes several times as long. */
export function measuredTask({ task_id: id, task_details }: Row): MeasuredTask {
  const details = (task_details ?? {}) as Row;
  const status = text(details.Status);
  const errors = integer(details.NumberOfErrors);
  const available = measured(details.AvailableCPUClocks);
  return {
    task: typeof id === 'number' ? id : String(id),
    status,
    worker: text(details.WorkerName) || undefined,
    frames: text(details.FrameRange),
    errors: errors === undefined ? undefined : Number(errors),
    rendered: status === RENDERING ? undefined : renderTicks(text(details.RenderTime)),
    outputBytes: measured(details.OutputFileSizeBytes),
    peakRamBytes: measured(details.PeakRamUsageBytes),
    usedCpuClocks: available === undefined ? undefined : integer(details.UsedCPUClocks),
    availableCpuClocks: available,
  };
}

/** .NET's `TimeSpan.MaxValue`, in ticks of 100 ns: no time that something took. */
const MAX_VALUE = 2n ** 63n - 1n;

/**
 * A render time as Deadline writes it, in ticks of 100 ns; `undefined` if it cannot be, such as a negative one, which
 * clocks that differ make of it.
 */
export function renderTicks(text: string | undefined): bigint | undefined {
  const ticks = parseTicks(text);
  return ticks !== undefined && 0n <= ticks && ticks < MAX_VALUE ? ticks : undefined;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function measured(value: unknown): bigint | undefined {
  const found = integer(value);
  return found === 0n ? undefined : found;
}

/** A whole number that is not negative, of any size. */
function integer(value: unknown): bigint | undefined {
  if (typeof value === 'number') {
    return Number.isSafeInteger(value) && value >= 0 ? BigInt(value) : undefined;
  }
  const digits = value instanceof NumberValue ? value.toString() : '';
  return /^\d+$/.test(digits) ? BigInt(digits) : undefined;
}
