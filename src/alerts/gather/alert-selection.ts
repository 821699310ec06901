import type { Alert, AlertFilter } from '../../shared/alerts/alert.ts';
import type { Transition } from '../../shared/history-entry.ts';
import { type Fits, textPattern } from '../../shared/text-pattern.ts';
import type { JobFacts } from '../message/alert-message.ts';

/** What an alert selects. What is not known fits: rather a message too many than one too few. */
export interface AlertSelection {
  /** Whether a transition by itself, and its worker, are what the alert tells. A job has no worker. */
  readonly hasTransition: (transition: Transition) => boolean;
  /** Whether a job's facts fit the filters. */
  readonly hasJob: (job: JobFacts) => boolean;
  /** Whether the filters ask for a job's facts. */
  readonly asksForJob: boolean;
}

/** The facts that a job can be without. A job that has stopped without one has none. */
const OPTIONAL: readonly AlertFilter[] = ['department', 'batch'];

export function toSelection({ when, filters }: Alert): AlertSelection {
  const names: ReadonlySet<string> = new Set(when);
  const { worker: workers, ...ofJob } = filters;
  const fitsWorker = workers && oneOf(workers);
  const jobFilters = Object.entries(ofJob).map(([field, patterns]) => {
    return { field: field as JobFilter, fits: oneOf(patterns) };
  });
  return {
    hasTransition: ({ transition, task, worker }) =>
      names.has(transition) && (!fitsWorker || (task !== null && (!worker || fitsWorker(worker)))),
    hasJob: (job) =>
      jobFilters.every(({ field, fits }) => {
        const value = factFor(job, field);
        return value === undefined || fits(value);
      }),
    asksForJob: jobFilters.length > 0,
  };
}

type JobFilter = Exclude<AlertFilter, 'worker'>;

/** A job's fact that a filter asks for; `undefined` if it is not known, empty if there is none. */
function factFor(job: JobFacts, field: JobFilter): string | undefined {
  const value = field === 'job' ? job.name : job[field];
  const isNone = value === undefined && job.from !== 'nowhere' && OPTIONAL.includes(field);
  return isNone ? '' : value;
}

function oneOf(patterns: readonly string[]): Fits {
  const all = patterns.map(textPattern);
  return (text) => all.some((fits) => fits(text));
}
