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
  /** How long it rendered, in ticks of 100 ns; `undefined` if it is not known. */
  readonly rendered: bigint | undefined;
  /** Whether it was requeued in the end, not failed. */
  readonly isRequeue: boolean;
}

/** Takes what is read of one job. */
export interface JobCount {
  readonly addTask: (task: MeasuredTask) => void;
  readonly addWasted: (wasted: WastedTry) => void;
}

/** What counts are made by. */
export interface StatisticsOptions {
  /** Whether days and hours are in UTC, not in the local time zone. */
  readonly utc: boolean;
  /** Whether wasted render time is known: where the history is on. */
  readonly hasHistory: boolean;
}

/** Counts jobs and their tasks, all of them and by what they have in common. */
export class Statistics {
  readonly #by: Grouping | undefined;
  readonly #options: StatisticsOptions;
  readonly #all: Totals;
  readonly #groups = new Map<string | undefined, Totals>();

  /** @param by without it, there are no groups */
  constructor(by: Grouping | undefined, options: StatisticsOptions) {
    this.#by = by;
    this.#options = options;
    this.#all = new Totals(options.hasHistory);
  }

  /** Counts a job; its tasks are counted as they come, also while those of others do. */
  addJob(job: JobSummary): JobCount {
    const groupOfWorker = this.#groupsOf(job);
    this.#all.addJob(job);
    return {
      addTask: (task) => {
        this.#all.addTask(task);
        groupOfWorker(task.worker)?.addTask(task);
      },
      addWasted: ({ worker, rendered }) => {
        this.#all.addWasted(rendered);
        groupOfWorker(worker)?.addWasted(rendered);
      },
    };
  }

  /** Of all jobs: what is in several groups counts once. */
  get total(): Figures {
    return this.#all.figures;
  }

  /** In the order in which their first jobs were added. */
  get groups(): Group[] {
    return Array.from(this.#groups, ([group, { figures }]) => ({ group, figures }));
  }

  /** The group of a job's task by its worker. A job counts for each worker that had a task of it. */
  #groupsOf(job: JobSummary): (worker: string | undefined) => Totals | undefined {
    const by = this.#by;
    if (by === undefined) return () => undefined;
    const counted = new Map<string | undefined, Totals>();
    const ofJob = (group: string | undefined) => {
      const known = counted.get(group);
      if (known !== undefined) return known;
      const totals = this.#totals(group);
      totals.addJob(job);
      counted.set(group, totals);
      return totals;
    };
    if (by === 'worker') return ofJob;
    const totals = ofJob(groupOf(job, by, this.#options.utc));
    return () => totals;
  }

  #totals(group: string | undefined): Totals {
    const known = this.#groups.get(group);
    if (known !== undefined) return known;
    const totals = new Totals(this.#options.hasHistory);
    this.#groups.set(group, totals);
    return totals;
  }
}
