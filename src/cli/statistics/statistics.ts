import type { JobSummary } from '../aws/row-summary.ts';
import { type Grouping, groupOf } from './grouping.ts';
import type { MeasuredTask } from './measured-task.ts';
import { type Figures, Totals } from './totals.ts';

/** The figures of a group; its name is `undefined` where that is not known. */
export interface Group {
  readonly group: string | undefined;
  readonly figures: Figures;
}

/** A try that was for nothing, as its task failed or was requeued. */
export interface WastedTry {
  readonly worker: string | undefined;
  /** How long it rendered, in ticks of 100 ns. */
  readonly rendered: bigint;
  /** Whether it was requeued in the end, not failed. */
  readonly isRequeue: boolean;
}

/** Takes what is read of one job. */
export interface JobCount {
  addTask(task: MeasuredTask): void;
  addWasted(wasted: WastedTry): void;
}

/** What counts are made by. */
export interface StatisticsOptions {
  /** Whether days and hours are in UTC, not in the local time zone. */
  readonly utc: boolean;
  /** Whether wasted render time is known: where the history is on. */
  readonly hasHistory: boolean;
}

/** Counts jobs and their tasks by what they have in common. */
export class Statistics {
  readonly #by: Grouping | undefined;
  readonly #options: StatisticsOptions;
  readonly #groups = new Map<string | undefined, Totals>();

  /** @param by all in one group if it is not set */
  constructor(by: Grouping | undefined, options: StatisticsOptions) {
    this.#by = by;
    this.#options = options;
  }

  /** Counts a job; its tasks are counted as they come, also while those of others do. */
  addJob(job: JobSummary): JobCount {
    if (this.#by === 'worker') return this.#countByWorker(job);
    const totals = this.#totals(this.#by && groupOf(job, this.#by, this.#options.utc));
    totals.addJob(job);
    return {
      addTask: (task) => totals.addTask(task),
      addWasted: ({ rendered }) => totals.addWasted(rendered),
    };
  }

  /** All groups, in the order in which they came. */
  get groups(): Group[] {
    return Array.from(this.#groups, ([group, { figures }]) => ({ group, figures }));
  }

  /** A job counts for each worker that had a task of it. */
  #countByWorker(job: JobSummary): JobCount {
    const counted = new Set<string | undefined>();
    const totalsOf = (worker: string | undefined) => {
      const totals = this.#totals(worker);
      if (!counted.has(worker)) totals.addJob(job);
      counted.add(worker);
      return totals;
    };
    return {
      addTask: (task) => totalsOf(task.worker).addTask(task),
      addWasted: ({ worker, rendered }) => totalsOf(worker).addWasted(rendered),
    };
  }

  #totals(group: string | undefined): Totals {
    const known = this.#groups.get(group);
    if (known !== undefined) return known;
    const totals = new Totals(this.#options.hasHistory);
    this.#groups.set(group, totals);
    return totals;
  }
}
