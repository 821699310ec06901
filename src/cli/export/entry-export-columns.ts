import { entryToTransition, type HistoryEntry } from '../../shared/history-entry.ts';
import { parseTimeSpan } from '../../shared/run-time.ts';
import type { ExportColumn } from './export-column.ts';

type Entry = HistoryEntry & Record<string, unknown>;

/** The columns of the history, of its entries. */
export const ENTRY_COLUMNS: readonly ExportColumn<Entry>[] = [
  {
    name: 'id',
    type: 'text',
    field: 'at',
    about: 'the job and the sort key: the same however often the notification was sent',
    value: (entry) => entryToTransition(entry).id,
  },
  {
    name: 'at',
    type: 'time',
    field: 'at',
    about: "the notification's own time: that by which entries are selected",
    value: (entry) => entryToTransition(entry).at,
  },
  { name: 'job', type: 'text', field: 'job_id' },
  { name: 'task', type: 'integer', field: 'task', about: 'null for a job' },
  { name: 'transition', type: 'text', field: 'transition' },
  { name: 'status', type: 'text', field: 'status', about: "in Deadline's own word" },
  { name: 'reason', type: 'text', field: 'reason' },
  { name: 'worker', type: 'text', field: 'worker' },
  { name: 'frames', type: 'text', field: 'frames' },
  { name: 'errors', type: 'count', field: 'errors' },
  {
    name: 'renderSeconds',
    type: 'number',
    unit: 's',
    field: 'renderTime',
    about: 'of stops of tasks; null if it is negative',
    value: ({ renderTime }) => {
      const ms = parseTimeSpan(renderTime);
      return ms === undefined || ms < 0 ? undefined : ms / 1_000;
    },
  },
  ...['name', 'user', 'department', 'plugin', 'pool', 'batch'].map(
    (name): ExportColumn<Entry> => ({ name, type: 'text', field: name, about: 'of jobs' }),
  ),
  { name: 'tasks', type: 'count', field: 'tasks', about: 'of jobs' },
  { name: 'submitted', type: 'time', field: 'submitted', about: 'of jobs' },
  { name: 'started', type: 'time', field: 'started', about: 'of jobs' },
  { name: 'completed', type: 'time', field: 'completed', about: 'of jobs' },
  {
    name: 'cut',
    type: 'text',
    field: 'cut',
    about: 'the attributes that are cut, with commas',
    value: ({ cut }) => cut.join(','),
  },
];
