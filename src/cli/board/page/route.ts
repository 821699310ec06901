/** The paths at which the page answers; the server gives `index.html` for each. */
export const PAGE_PATHS = {
  overview: '/',
  jobs: '/jobs',
  job: '/job',
  workers: '/workers',
  statistics: '/statistics',
} as const;

/** A page of the board. */
export type PageName = keyof typeof PAGE_PATHS;

/** Where the reader is. The URL holds all of it, so that it can be sent to a colleague. */
export interface Route {
  readonly page: PageName | undefined;
  /** Filters and sort; of a job's page its id as `id`. Unknown parameters are kept. */
  readonly parameters: URLSearchParams;
  /** The selected task: `#task=13`. */
  readonly task: string | undefined;
}

/** Reads a URL. */
export function readRoute(url: URL): Route {
  const found = Object.entries(PAGE_PATHS).find(([, path]) => path === url.pathname);
  return {
    page: found?.[0] as PageName | undefined,
    parameters: url.searchParams,
    task: new URLSearchParams(url.hash.slice(1)).get('task') ?? undefined,
  };
}

/** The path, query, and hash of a route. */
export function routePath(
  page: PageName,
  parameters: URLSearchParams | Readonly<Record<string, string>> = {},
  task?: string,
): string {
  // Commas between values, and colons of times, are readable, and need no escape in a query.
  const query = new URLSearchParams(parameters)
    .toString()
    .replaceAll('%2C', ',')
    .replaceAll('%3A', ':');
  const hash = task === undefined ? '' : `#${new URLSearchParams({ task })}`;
  return `${PAGE_PATHS[page]}${query === '' ? '' : `?${query}`}${hash}`;
}

/** The path of a job's page. */
export function jobPath(id: string, task?: string | number): string {
  return routePath('job', { id }, task === undefined ? undefined : String(task));
}

/** The path of the jobs with a value of a field. */
export function filteredJobs(
  field: string,
  value: string,
  others: Readonly<Record<string, string>> = {},
): string {
  return routePath('jobs', withFilter(new URLSearchParams(others), field, [value]));
}

/** The path of what a worker did in the last hours. */
export function workerPath(worker: string, hours: number): string {
  return routePath('workers', {
    text: worker,
    ...(hours !== DEFAULT_HOURS && { hours: String(hours) }),
  });
}

/** The usual span of a list, in hours, and the longest. */
export const DEFAULT_HOURS = 12;
export const MOST_HOURS = 168;

/** The span of a list that a time is in, in hours: the usual one, or a longer one as far as there is one. */
export function hoursBack(time: number | null, now: number): number {
  const hours = time === null ? 0 : Math.ceil((now - time) / 3_600_000);
  return Math.min(Math.max(hours, DEFAULT_HOURS), MOST_HOURS);
}

/** The values of a filter, which are joined by commas in the URL; in a value, commas and backslashes follow a backslash. */
export function filterValues(parameters: URLSearchParams, name: string): string[] {
  const values = (parameters.get(name) ?? '').match(/(?:\\.|[^,])+/gs) ?? [];
  return values.map((value) => value.replace(/\\(.)/gs, '$1'));
}

/** The same parameters with other values of a filter; none removes it. */
export function withFilter(
  parameters: URLSearchParams,
  name: string,
  values: readonly string[],
): URLSearchParams {
  const changed = new URLSearchParams(parameters);
  if (values.length === 0) changed.delete(name);
  else changed.set(name, values.map((value) => value.replace(/[\\,]/g, '\\$&')).join(','));
  return changed;
}
