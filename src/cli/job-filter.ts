import { type Fits, isPattern, textPattern } from '../shared/text-pattern.ts';
import type { JobSummary } from './aws/row-summary.ts';

/** The fields of a job that options select by, each by an option of its name. */
export const JOB_FILTER_FIELDS = ['user', 'name', 'batch', 'department', 'plugin', 'pool'] as const;
type Field = (typeof JOB_FILTER_FIELDS)[number];

/** An option that selects jobs. */
export type FilterOption = Field | 'worker';

/** What was asked for: of each option, patterns of which one has to fit. */
export type JobFilterOptions = { readonly [option in FilterOption]?: readonly string[] };

/** Selects jobs by what they are and where their tasks rendered. */
export class JobFilter {
  readonly #fields: readonly (readonly [Field, Fits])[];
  readonly #worker: Fits | undefined;

  constructor(options: JobFilterOptions) {
    this.#fields = JOB_FILTER_FIELDS.flatMap((field) => {
      const patterns = options[field];
      if (patterns === undefined) return [];
      const any = fitsAny(field === 'name' ? patterns.map(anywhere) : patterns);
      return [[field, any] as const];
    });
    this.#worker = options.worker && fitsAny(options.worker);
  }

  /** Whether jobs are selected by the workers of their tasks. */
  get hasWorker(): boolean {
    return this.#worker !== undefined;
  }

  /** Whether every job fits. */
  get isEmpty(): boolean {
    return this.#fields.length === 0 && !this.hasWorker;
  }

  /**
   * The options that a job does not fit, but for `--worker`.
   *
   * @param job not set if it never stopped: then nothing is known of it, and it fits none of them
   */
  missed(job: Partial<JobSummary> | undefined): FilterOption[] {
    return this.#fields
      .filter(([field, fits]) => !isFit(fits, job?.[field]))
      .map(([field]) => field);
  }

  /** Whether a task that rendered on a worker fits `--worker`. */
  fitsWorker(worker: string | undefined): boolean {
    return this.#worker === undefined || isFit(this.#worker, worker);
  }
}

/** A field that is missing or empty fits no pattern. */
function isFit(fits: Fits, value: string | undefined): boolean {
  return value !== undefined && value !== '' && fits(value);
}

function fitsAny(patterns: readonly string[]): Fits {
  const all = patterns.map(textPattern);
  return (text) => all.some((fits) => fits(text));
}

function anywhere(text: string): string {
  return isPattern(text) ? text : `*${text}*`;
}
