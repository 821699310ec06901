import type { StoppedJob } from '../../state/farm-state.ts';

/** A column of the list of jobs, by which it can be sorted. */
export interface JobColumn {
  readonly name: string;
  readonly head: string;
  readonly isNumber?: boolean;
  /** Undefined for one that cannot be sorted by. */
  readonly by?: (job: StoppedJob) => string | number | null;
}

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

/** Which column, and whether the largest comes first. */
export interface JobSort {
  readonly column: string;
  readonly isDown: boolean;
}

const NEWEST_FIRST: JobSort = { column: 'stopped', isDown: true };

/** Reads the sort of a URL: `errors`, or `-errors` for the most first. */
export function readSort(text: string | null): JobSort {
  const column = text?.replace(/^-/, '');
  const isKnown = JOB_COLUMNS.some(({ name, by }) => name === column && by !== undefined);
  if (!isKnown || column === undefined) return NEWEST_FIRST;
  return { column, isDown: text?.startsWith('-') ?? false };
}

/** The sort of a URL after a press on a column's head: the other way round if it is sorted by it already. */
export function pressedSort(now: JobSort, column: JobColumn): string {
  const isDown = now.column === column.name ? !now.isDown : column.isNumber === true;
  return `${isDown ? '-' : ''}${column.name}`;
}

const ORDER = new Intl.Collator('en', { numeric: true });

/** The jobs in order. What is not known comes last, either way. */
export function sortJobs<T extends StoppedJob>(jobs: readonly T[], sort: JobSort): T[] {
  const by = JOB_COLUMNS.find(({ name }) => name === sort.column)?.by;
  if (by === undefined) return [...jobs];
  const sign = sort.isDown ? -1 : 1;
  return [...jobs].sort((a, b) => {
    const [one, other] = [by(a), by(b)];
    if (one === null || other === null) return Number(one === null) - Number(other === null);
    if (typeof one === 'number' && typeof other === 'number') return sign * (one - other);
    return sign * ORDER.compare(String(one), String(other));
  });
}
