import type { JobSummary } from '../aws/row-summary.ts';
import { type Group, type JobCount, Statistics, type WastedTry } from '../statistics/statistics.ts';
import type { Figures } from '../statistics/totals.ts';
import { LongestTasks } from './longest-tasks.ts';
import type { LongTask, Report } from './report-model.ts';

/** How many of the longest tasks a report has. */
const LONGEST = 8;

/** What a report counts of the jobs that stopped in a span, and of their tasks, in one reading. */
export class SpanCount {
  readonly #shares: Statistics;
  readonly #machines: Statistics;
  readonly #longest = new LongestTasks(LONGEST);
  readonly #requeued = new Map<string | undefined, number>();

  /**
   * @param by who is said to have rendered
   * @param hasHistory whether requeues and wasted render time are known
   */
  constructor(by: Report['shares']['by'], hasHistory: boolean) {
    const options = { utc: true, hasHistory };
    this.#shares = new Statistics(by, options);
    this.#machines = new Statistics('worker', options);
  }

  addJob(job: JobSummary): JobCount {
    const counts = [this.#shares, this.#machines].map((each) => each.addJob(job));
    return {
      addTask: (task) => {
        for (const each of counts) each.addTask(task);
        this.#longest.add(job, task);
      },
      addWasted: (wasted) => {
        for (const each of counts) each.addWasted(wasted);
        this.#addRequeue(wasted);
      },
    };
  }

  /** The figures of all jobs; `undefined` if there was none. */
  get figures(): Figures | undefined {
    const { total } = this.#shares;
    return total.jobs === 0 ? undefined : total;
  }

  get shares(): Group[] {
    return this.#shares.groups;
  }

  get machines(): Group[] {
    return this.#machines.groups;
  }

  get longest(): LongTask[] {
    return this.#longest.all;
  }

  /** How many tries were requeued, by worker. */
  get requeued(): ReadonlyMap<string | undefined, number> {
    return this.#requeued;
  }

  #addRequeue({ worker, isRequeue }: WastedTry): void {
    if (isRequeue) this.#requeued.set(worker, (this.#requeued.get(worker) ?? 0) + 1);
  }
}
