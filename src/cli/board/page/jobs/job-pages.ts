import { useEffect, useReducer, useRef } from 'preact/hooks';
import type { JobsState, StoppedJob } from '../../state/farm-state.ts';
import { ask } from '../api.ts';

/** The jobs of a span, as far as they were read. */
export interface JobPages {
  /** In no order; the same array as long as nothing changed. */
  readonly jobs: readonly StoppedJob[];
  /** Whether all pages were read. */
  readonly isWhole: boolean;
}

/** What is known of a span's jobs. */
export interface Gathered {
  readonly span: string;
  /** The newest version of each, by id. */
  readonly jobs: ReadonlyMap<string, StoppedJob>;
  /** The `after` of the next page to read; null if there is none. */
  readonly after: string | null;
  /** Whether all pages were read, be it some time ago. */
  readonly isWhole: boolean;
  /** When the reading of all pages began, in ms. */
  readonly begun: number;
}

/** How often older pages are read anew, in ms: a task of an old job may fail. */
const AGAIN = 60_000;

/**
 * Adds the first page, read anew. All older ones are read again if it does not reach what is known, as after a night
 * in which the page was hidden, and now and then.
 *
 * @param span where it differs from what was gathered, all begins anew
 * @param now in ms
 */
export function withFirstPage(
  before: Gathered | undefined,
  span: string,
  first: JobsState,
  now: number,
): Gathered {
  const { jobs, after } = first;
  if (before === undefined || before.span !== span || after === null) {
    return { span, jobs: merged(new Map(), jobs), after, isWhole: after === null, begun: now };
  }
  const last = jobs.at(-1);
  const isConnected = last === undefined || before.jobs.get(last.job)?.stopped === last.stopped;
  const isOld = before.after === null && now - before.begun >= AGAIN;
  const all = { span, jobs: merged(before.jobs, jobs) };
  return isConnected && !isOld
    ? { ...before, ...all }
    : { ...all, after, isWhole: before.isWhole && isConnected, begun: now };
}

/** Adds the next page. */
export function withNextPage(before: Gathered, { jobs, after }: JobsState): Gathered {
  return {
    ...before,
    jobs: merged(before.jobs, jobs),
    after,
    isWhole: before.isWhole || after === null,
  };
}

/** A job that stopped again while pages were read is on two of them. */
function merged(
  before: ReadonlyMap<string, StoppedJob>,
  page: readonly StoppedJob[],
): ReadonlyMap<string, StoppedJob> {
  const jobs = new Map(before);
  for (const job of page) {
    if ((jobs.get(job.job)?.stopped ?? 0) <= (job.stopped ?? 0)) jobs.set(job.job, job);
  }
  return jobs;
}

/** Gathers all jobs of a span page by page, and keeps them up to date. */
export function useJobPages(span: string, first: JobsState): JobPages {
  const gathered = useRef<Gathered | undefined>(undefined);
  const newest = useRef<JobsState | undefined>(undefined);
  const listed = useRef<{ of: unknown; jobs: readonly StoppedJob[] }>({ of: undefined, jobs: [] });
  const isReading = useRef(false);
  const [, redraw] = useReducer((times: number) => times + 1, 0);
  if (newest.current !== first || gathered.current?.span !== span) {
    gathered.current = withFirstPage(gathered.current, span, first, performance.now());
    newest.current = first;
  }
  const { jobs, after, isWhole } = gathered.current;
  if (listed.current.of !== jobs) listed.current = { of: jobs, jobs: [...jobs.values()] };

  useEffect(() => {
    if (after === null || isReading.current) return;
    isReading.current = true;
    ask<JobsState>(`${span}&after=${encodeURIComponent(after)}`)
      .then((next) => {
        const now = gathered.current;
        if (now?.span === span && now.after === after) gathered.current = withNextPage(now, next);
        return true;
      })
      // The lamp says that the server does not answer; it is tried again when the page is drawn again.
      .catch(() => false)
      .then((isRead) => {
        isReading.current = false;
        if (isRead) redraw(undefined);
      });
  });

  return { jobs: listed.current.jobs, isWhole };
}
