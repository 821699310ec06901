import type { StoppedJob } from '../../state/farm-state.ts';
import { readSortBy, type Sort, type SortColumn, sortRows } from '../sorted-rows.ts';

export type JobColumn = SortColumn<StoppedJob>;

/** In their order from the left. */
export const JOB_COLUMNS: readonly JobColumn[] = [
  { name: 'status', head: 'status', by: (job) => job.status },
  { name: 'name', head: 'name', by: (job) => job.name ?? job.job },
  { name: 'user', head: 'user', by: (job) => job.user },
  { name: 'plugin', head: 'plugin', by: (job) => job.plugin },
  { name: 'department', head: 'dept', by: (job) => job.department },
  { name: 'pool', head: 'pool', by: (job) => job.pool },
  { name: 'failed', head: 'tasks', by: (job) => job.failed },
  { name: 'where', head: 'where it failed' },
  { name: 'errors', head: 'errors', isNumber: true, by: (job) => job.errors },
  { name: 'ran', head: 'ran for', isNumber: true, by: (job) => job.ran },
  { name: 'stopped', head: 'stopped', isNumber: true, by: (job) => job.stopped },
];

const NEWEST_FIRST: Sort = { column: 'stopped', isDown: true };

/** Reads the sort of a URL; the newest first if it has none that can be read. */
export function readSort(text: string | null): Sort {
  return readSortBy(text, JOB_COLUMNS) ?? NEWEST_FIRST;
}

/** The jobs in order. */
export function sortJobs<T extends StoppedJob>(jobs: readonly T[], sort: Sort): T[] {
  return sortRows(jobs, sort, JOB_COLUMNS);
}
