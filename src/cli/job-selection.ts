import type { NotificationRows } from './aws/notification-rows.ts';
import type { JobSummary, TaskSummary } from './aws/row-summary.ts';
import { pagesOf } from './iterate.ts';
import { type FilterOption, JobFilter, type JobFilterOptions } from './job-filter.ts';

/** Jobs whose tasks are read at once: a job's tasks may take many pages. */
const AT_ONCE = 8;

/** Selects what lists show, and knows which option alone keeps them empty. */
export class JobSelection {
  readonly #filter: JobFilter;
  /** The ids of jobs that miss a single option. */
  readonly #nearMisses = new Map<FilterOption, Set<string>>();
  /** The ids of all jobs that do not fit. */
  readonly #missed = new Set<string>();

  constructor(options: JobFilterOptions) {
    this.#filter = new JobFilter(options);
  }

  /** Whether all are selected. */
  get isAll(): boolean {
    return this.#filter.isEmpty;
  }

  /**
   * The jobs that fit, in their order. `--worker` reads their tasks.
   *
   * @param taskStatus the status of the tasks that `--worker` is about; any if it is not set
   */
  async *jobs(
    all: AsyncIterable<JobSummary>,
    rows: NotificationRows,
    taskStatus?: string,
  ): AsyncGenerator<JobSummary> {
    const fitting = this.#fittingApart(all);
    if (!this.#filter.hasWorker) return yield* fitting;
    const fits = (worker: string | undefined) => this.#filter.fitsWorker(worker);
    for await (const page of pagesOf(AT_ONCE, fitting)) {
      const have = await Promise.all(page.map(({ job }) => rows.hasTaskOn(job, fits, taskStatus)));
      for (const [index, job] of page.entries()) {
        if (have[index]) yield job;
        else this.#miss(job.job, ['worker']);
      }
    }
  }

  /** The tasks that fit, with their jobs, in their order. */
  async *tasks<T extends { readonly task: TaskSummary; readonly job: JobSummary | undefined }>(
    all: AsyncIterable<T>,
  ): AsyncGenerator<T> {
    for await (const each of all) {
      const missed = this.#filter.missed(each.job);
      if (!this.#filter.fitsWorker(each.task.worker)) missed.push('worker');
      if (missed.length === 0) yield each;
      else this.#miss(each.task.job, missed);
    }
  }

  /**
   * Such as `No job fits. Without --user there are 11.`, or of all options if none alone is in the way;
   * `undefined` if there is nothing, whatever the options.
   */
  emptyText(): string | undefined {
    const each = [...this.#nearMisses].map(
      ([option, { size }]) => `without --${option} there ${size === 1 ? 'is' : 'are'} ${size}`,
    );
    if (each.length > 0) return `No job fits. W${each.join(', ').slice(1)}.`;
    const { size } = this.#missed;
    if (size === 0) return undefined;
    return `No job fits all of these options. Without them there ${size === 1 ? 'is' : 'are'} ${size}.`;
  }

  /** Those that fit all but `--worker`. */
  async *#fittingApart(all: AsyncIterable<JobSummary>): AsyncGenerator<JobSummary> {
    for await (const job of all) {
      const missed = this.#filter.missed(job);
      if (missed.length === 0) yield job;
      // Whether the others have a task on the worker is not known.
      else if (!this.#filter.hasWorker) this.#miss(job.job, missed);
    }
  }

  #miss(job: string, missed: readonly FilterOption[]): void {
    const [only, ...others] = missed;
    this.#missed.add(job);
    if (only === undefined || others.length > 0) return;
    const jobs = this.#nearMisses.get(only);
    if (jobs) jobs.add(job);
    else this.#nearMisses.set(only, new Set([job]));
  }
}
