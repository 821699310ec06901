import { useEffect, useReducer, useRef } from 'preact/hooks';
import type { JobsState, StoppedJob } from '../../state/farm-state.ts';
import { ask } from '../api.ts';

/** The jobs of a span, as far as they were read. */
export interface JobPages {
  readonly jobs: readonly StoppedJob[];
  /** Whether there are more; `readMore` reads them. */
  readonly isMore: boolean;
  readonly readMore: () => void;
  /** How many pages were read. */
  readonly pages: number;
}

/** What is known of a span's jobs: the newest version of each, and from where on older ones are to be read. */
export interface Gathered {
  readonly span: string;
  readonly jobs: ReadonlyMap<string, StoppedJob>;
  readonly after: string | null;
  /** How many pages were read. */
  readonly pages: number;
}

/**
 * Adds the first page, read anew, to the older ones. A job that stopped again has its newest version.
 *
 * @param span where it differs from what was gathered, all begins anew
 */
export function withFirstPage(
  before: Gathered | undefined,
  span: string,
  first: JobsState,
): Gathered {
  if (before === undefined || before.span !== span) {
    return {
      span,
      jobs: new Map(first.jobs.map((job) => [job.job, job])),
      after: first.after,
      pages: 1,
    };
  }
  const jobs = new Map(before.jobs);
  for (const job of first.jobs) jobs.set(job.job, job);
  return { ...before, jobs };
}

/** How many jobs are read without being asked for. */
const READ_AHEAD = 2000;

/** Gathers the jobs of a span page by page, and keeps the first one up to date. */
export function useJobPages(span: string, first: JobsState): JobPages {
  const gathered = useRef<Gathered | undefined>(undefined);
  const newest = useRef<JobsState | undefined>(undefined);
  const isReading = useRef(false);
  const [, redraw] = useReducer((times: number) => times + 1, 0);
  if (newest.current !== first || gathered.current?.span !== span) {
    gathered.current = withFirstPage(gathered.current, span, first);
    newest.current = first;
  }
  const { jobs, after, pages } = gathered.current;

  const readMore = async () => {
    if (after === null || isReading.current) return;
    isReading.current = true;
    try {
      const next = await ask<JobsState>(`${span}&after=${encodeURIComponent(after)}`);
      const before = gathered.current;
      if (before?.span === span && before.after === after) {
        const older = new Map(next.jobs.map((job) => [job.job, job]));
        gathered.current = {
          span,
          jobs: new Map([...older, ...before.jobs]),
          after: next.after,
          pages: before.pages + 1,
        };
      }
    } catch {
      // The lamp says that the server does not answer; the button stays.
    }
    isReading.current = false;
    redraw(undefined);
  };
  useEffect(() => {
    if (after !== null && jobs.size < READ_AHEAD) readMore();
  }, [after]);

  return { jobs: [...jobs.values()], isMore: after !== null, readMore, pages };
}
