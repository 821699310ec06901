import type { JobsState, StoppedJob } from '../../state/farm-state.ts';
import { DEFAULT_HOURS, filterValues, withFilter } from '../route.ts';

/** The fields with a list of values to choose from. */
export const FIELDS = ['status', 'department', 'plugin', 'pool', 'user'] as const;
export type Field = (typeof FIELDS)[number];

/** All parameters of the page's URL. */
const KNOWN: ReadonlySet<string> = new Set([
  ...FIELDS,
  ...['text', 'failed', 'worker', 'since', 'until', 'sort', 'hours'],
]);

/** What the jobs are filtered by. Of each field, one of the values has to fit. */
export interface JobFilterState {
  /** In the name or user, or at the beginning of the id; in lower case. */
  readonly text: string;
  readonly fields: Readonly<Record<Field, readonly string[]>>;
  /** Only jobs with failed tasks. */
  readonly hasFailed: boolean;
  /** Only jobs with failed tasks on this worker; empty for all. */
  readonly worker: string;
  /** How long ago a job stopped at most: hours, or the ms since the epoch, or all. */
  readonly since: { readonly hours: number } | { readonly ms: number } | 'all';
  readonly until: number | undefined;
  /** Parameters that the page does not know, or that it cannot read. */
  readonly unknown: readonly string[];
}

/** Reads the filter of a URL. What cannot be read filters nothing, and is named in `unknown`. */
export function readJobFilter(parameters: URLSearchParams): JobFilterState {
  const unknown = [...new Set(parameters.keys())].filter((name) => !KNOWN.has(name));
  const since = readSince(parameters.get('since'));
  if (since === undefined) unknown.push('since');
  const untilText = parameters.get('until');
  const until = untilText === null ? undefined : Date.parse(untilText);
  if (Number.isNaN(until)) unknown.push('until');
  return {
    text: (parameters.get('text') ?? '').trim().toLowerCase(),
    fields: Object.fromEntries(
      FIELDS.map((field) => [field, filterValues(parameters, field)]),
    ) as unknown as Record<Field, string[]>,
    hasFailed: parameters.get('failed') === 'yes',
    worker: parameters.get('worker') ?? '',
    since: since ?? { hours: DEFAULT_HOURS },
    until: Number.isNaN(until) ? undefined : until,
    unknown,
  };
}

function readSince(text: string | null): JobFilterState['since'] | undefined {
  if (text === null) return { hours: DEFAULT_HOURS };
  if (text === 'all') return 'all';
  const [, number, unit] = /^([1-9]\d{0,3})([hd])$/.exec(text) ?? [];
  if (number !== undefined) return { hours: Number(number) * (unit === 'd' ? 24 : 1) };
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? undefined : { ms };
}

/** The filters that are set, by name. */
export function filtersSet(filter: JobFilterState): string[] {
  return [
    ...(filter.text === '' ? [] : ['text']),
    ...(filter.hasFailed ? ['failed'] : []),
    ...(filter.worker === '' ? [] : ['worker']),
    ...FIELDS.filter((field) => filter.fields[field].length > 0),
  ];
}

/** How a value that is not known is written in a list of values, and in the URL. */
export const NONE = '–';

/** A job's value of a field. */
export function fieldValue(job: StoppedJob, field: Field): string {
  const value = job[field];
  return value === null || value === '' ? NONE : value;
}

/** A job of the list; those with failed tasks have them. */
export type ListedJob = JobsState['jobs'][number];

function hasFailedOn(job: ListedJob, worker: string): boolean {
  return 'workers' in job && job.workers.some(([name]) => name === worker);
}

/**
 * Whether a job fits.
 *
 * @param except a filter that does not count
 */
export function fits(job: ListedJob, filter: JobFilterState, except?: string): boolean {
  const { text, fields, hasFailed, worker } = filter;
  if (text !== '' && except !== 'text') {
    const isNamed = [job.name, job.user].some((value) => value?.toLowerCase().includes(text));
    if (!isNamed && !job.job.toLowerCase().startsWith(text)) return false;
  }
  if (hasFailed && except !== 'failed' && !((job.failed ?? 0) > 0)) return false;
  if (worker !== '' && except !== 'worker' && !hasFailedOn(job, worker)) return false;
  return FIELDS.every(
    (field) =>
      field === except ||
      fields[field].length === 0 ||
      fields[field].includes(fieldValue(job, field)),
  );
}

/** A value of a field, and how many jobs have it. */
export type ValueCount = readonly [value: string, count: number];

const STATUS_ORDER = ['Failed', 'Suspended', 'Deleted', 'Completed'];

/** The values of a field, the most frequent first; statuses the worst first. Those that are chosen are always there. */
export function valueCounts(
  jobs: readonly StoppedJob[],
  field: Field,
  chosen: readonly string[],
): ValueCount[] {
  const counts = new Map<string, number>(chosen.map((value) => [value, 0]));
  for (const job of jobs) {
    const value = fieldValue(job, field);
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  const place = (value: string) => {
    const index = STATUS_ORDER.indexOf(value);
    return index === -1 ? STATUS_ORDER.length : index;
  };
  return [...counts].sort(
    ([a, countOfA], [b, countOfB]) =>
      (field === 'status' ? place(a) - place(b) : 0) || countOfB - countOfA || (a < b ? -1 : 1),
  );
}

/** The parameters with a value of a field chosen, or not any more. */
export function toggled(parameters: URLSearchParams, field: Field, value: string): URLSearchParams {
  const chosen = filterValues(parameters, field);
  const isChosen = chosen.includes(value);
  return withFilter(
    parameters,
    field,
    isChosen ? chosen.filter((each) => each !== value) : [...chosen, value],
  );
}

/** The parameters without any filter but the span. */
export function cleared(parameters: URLSearchParams): URLSearchParams {
  const rest = new URLSearchParams(parameters);
  for (const name of ['text', 'failed', 'worker', ...FIELDS]) rest.delete(name);
  return rest;
}
