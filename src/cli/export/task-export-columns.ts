import type { Row } from '../aws/row-summary.ts';
import type { MeasuredTask } from '../statistics/measured-task.ts';
import type { ExportColumn } from './export-column.ts';
import { NAMING_COLUMNS } from './job-export-columns.ts';

/** A task's row, with `job_details` of its job's row, and what is counted of it. */
interface TaskOfJob extends Row {
  readonly measured: MeasuredTask;
}

/** The columns of tasks. Deadline sends zeros for what it did not measure: those are null. */
export const TASK_COLUMNS: readonly ExportColumn<TaskOfJob>[] = [
  { name: 'job', type: 'text', field: 'job_id' },
  { name: 'task', type: 'integer', field: 'task_id' },
  ...NAMING_COLUMNS,
  { name: 'frames', type: 'text', field: 'task_details.FrameRange' },
  { name: 'status', type: 'text', field: 'task_details.Status' },
  { name: 'reason', type: 'text', field: 'notification_info.StopReason' },
  { name: 'worker', type: 'text', field: 'task_details.WorkerName' },
  { name: 'errors', type: 'count', field: 'task_details.NumberOfErrors', about: 'of all tries' },
  { name: 'progress', type: 'text', field: 'task_details.Progress' },
  { name: 'renderStatus', type: 'text', field: 'task_details.RenderStatus' },
  { name: 'waitingToStart', type: 'flag', field: 'task_details.WaitingToStart' },
  { name: 'started', type: 'time', field: 'task_details.TaskStartDateTime' },
  { name: 'renderStarted', type: 'time', field: 'task_details.RenderStartTime' },
  { name: 'completed', type: 'time', field: 'task_details.CompletedDateTime' },
  {
    name: 'at',
    type: 'time',
    field: 'timestamp',
    about: "the notification's own time",
  },
  {
    name: 'sent',
    type: 'time',
    field: 'sent_timestamp',
    about: 'when SQS received the notification',
  },
  {
    name: 'renderSeconds',
    type: 'number',
    unit: 's',
    field: 'task_details.RenderTime',
    about: 'of the last try; null while it renders, and if it is negative',
    value: ({ measured: { rendered } }) =>
      rendered === undefined ? undefined : Number(rendered) / TICKS,
  },
  {
    name: 'outputBytes',
    type: 'count',
    unit: 'bytes',
    field: 'task_details.OutputFileSizeBytes',
    value: ({ measured }) => measured.outputBytes,
  },
  ...measuredWith('peakRamBytes', [
    { name: 'averageRamBytes', field: 'AverageRamUsageBytes', unit: 'bytes' },
    { name: 'averageRamPercent', field: 'AverageRamUtilizationPercent', unit: 'percent' },
  ]),
  {
    name: 'peakRamBytes',
    type: 'count',
    unit: 'bytes',
    field: 'task_details.PeakRamUsageBytes',
    value: ({ measured }) => measured.peakRamBytes,
  },
  ...measuredWith('peakRamBytes', [
    { name: 'peakRamPercent', field: 'PeakRamUtilizationPercent', unit: 'percent' },
    { name: 'averageSwapBytes', field: 'AverageSwapBytes', unit: 'bytes' },
    { name: 'peakSwapBytes', field: 'PeakSwapBytes', unit: 'bytes' },
  ]),
  ...measuredWith('availableCpuClocks', [
    { name: 'averageCpuPercent', field: 'AverageCpuUtilizationPercent', unit: 'percent' },
    { name: 'peakCpuPercent', field: 'PeakCPUUtilizationPercent', unit: 'percent' },
  ]),
  {
    name: 'usedCpuClocks',
    type: 'largeCount',
    unit: 'clocks',
    field: 'task_details.UsedCPUClocks',
    about: 'null if `availableCpuClocks` is',
    value: ({ measured }) => measured.usedCpuClocks,
  },
  {
    name: 'availableCpuClocks',
    type: 'largeCount',
    unit: 'clocks',
    field: 'task_details.AvailableCPUClocks',
    value: ({ measured }) => measured.availableCpuClocks,
  },
  { name: 'workerCpus', type: 'count', field: 'worker_info.CPUs' },
  { name: 'awsInfo', type: 'json', field: 'worker_info.aws_info', about: 'of an EC2 instance' },
  { name: 'properties', type: 'json', field: 'task_details.Properties' },
  { name: 'extraElements', type: 'json', field: 'task_details.ExtraElements' },
  { name: 'notification', type: 'text', field: 'task_type' },
];

/** Ticks of 100 ns in a second. */
const TICKS = 10_000_000;

/** Counters of which 0 is known only if another one was measured. */
function measuredWith(
  other: 'peakRamBytes' | 'availableCpuClocks',
  counters: readonly Required<Pick<ExportColumn, 'name' | 'field' | 'unit'>>[],
): ExportColumn<TaskOfJob>[] {
  return counters.map(({ name, field, unit }) => ({
    ...{ name, unit, field: `task_details.${field}` },
    type: unit === 'bytes' ? 'count' : 'number',
    about: `0 only if \`${other}\` is known`,
    value: ({ task_details: details, measured }) => {
      const counter = (details as Row | null | undefined)?.[field];
      return counter === 0 && measured[other] === undefined ? undefined : counter;
    },
  }));
}
