import { DDSketch } from '@datadog/sketches-js';
import { FAILED } from '../../shared/indexes.ts';
import { secondsOf } from '../../shared/run-time.ts';
import type { JobSummary } from '../aws/row-summary.ts';
import { COMPLETED, DELETED, RENDERING, SUSPENDED } from '../status.ts';
import type { MeasuredTask } from './measured-task.ts';

/**
 * What is counted of a group of jobs and their tasks. What no row tells is null, and never zero; beside each figure that
 * not all rows tell, `…Of` says how many did. Of quantiles, the error is at most 1 %; all else is exact.
 */
export interface Figures {
  readonly jobs: number;
  readonly jobsCompleted: number;
  readonly jobsFailed: number;
  readonly jobsSuspended: number;
  readonly jobsDeleted: number;
  /** Tasks by their newest status. */
  readonly tasks: number;
  readonly completed: number;
  readonly failed: number;
  readonly rendering: number;
  /** Suspended, requeued, and others. */
  readonly otherTasks: number;
  /** How long the last try of each task rendered, in s: all of them, their quantiles by nearest rank, and the longest. */
  readonly renderSeconds: number | null;
  readonly renderOf: number;
  readonly meanSeconds: number | null;
  readonly medianSeconds: number | null;
  readonly p95Seconds: number | null;
  readonly longestSeconds: number | null;
  /** How long all tries that failed or were requeued rendered, in s; null where the history is off, as all of these. */
  readonly wastedSeconds: number | null;
  /** How many of these tries told how long. */
  readonly wastedOf: number | null;
  /** How many tries that were. */
  readonly wastedTries: number | null;
  /** Of all tries of the tasks. */
  readonly errors: number | null;
  readonly errorsOf: number;
  /** The most that a task took. */
  readonly peakRamBytes: bigint | null;
  readonly peakRamOf: number;
  readonly usedCpuClocks: bigint | null;
  readonly availableCpuClocks: bigint | null;
  /** The first of the second, in percent. */
  readonly cpuPercent: number | null;
  readonly cpuOf: number;
  readonly outputBytes: bigint | null;
  readonly outputOf: number;
}

/** The relative error of quantiles. */
const ACCURACY = 0.01;

/** Sums up a group. Its size does not depend on how much is added. */
export class Totals {
  readonly #jobs = new Map<string | undefined, number>();
  readonly #tasks = new Map<string | undefined, number>();
  readonly #rendered = new Sum();
  readonly #times = new DDSketch({ relativeAccuracy: ACCURACY });
  readonly #errors = new Sum();
  readonly #ram = new Sum();
  readonly #used = new Sum();
  readonly #available = new Sum();
  readonly #output = new Sum();
  readonly #wasted: Sum | undefined;
  #wastedTries = 0;

  /** @param hasHistory whether wasted render time is known */
  constructor(hasHistory: boolean) {
    this.#wasted = hasHistory ? new Sum() : undefined;
  }

  addJob({ status }: JobSummary): void {
    addOne(this.#jobs, status);
  }

  addTask(task: MeasuredTask): void {
    addOne(this.#tasks, task.status);
    this.#rendered.add(task.rendered);
    if (task.rendered !== undefined) this.#times.accept(secondsOf(task.rendered));
    this.#errors.add(task.errors === undefined ? undefined : BigInt(task.errors));
    this.#ram.add(task.peakRamBytes);
    if (task.usedCpuClocks !== undefined) this.#available.add(task.availableCpuClocks);
    this.#used.add(task.usedCpuClocks);
    this.#output.add(task.outputBytes);
  }

  /** @param rendered how long a try rendered that was for nothing, in ticks of 100 ns */
  addWasted(rendered: bigint | undefined): void {
    this.#wastedTries += 1;
    this.#wasted?.add(rendered);
  }

  get figures(): Figures {
    const jobsOf = (status: string) => this.#jobs.get(status) ?? 0;
    const tasksOf = (status: string) => this.#tasks.get(status) ?? 0;
    const [jobs, tasks] = [this.#jobs, this.#tasks].map((counts) =>
      counts.values().reduce((sum, count) => sum + count, 0),
    ) as [number, number];
    const known = [COMPLETED, FAILED, RENDERING].map(tasksOf);
    const rendered = this.#rendered;
    return {
      jobs,
      jobsCompleted: jobsOf(COMPLETED),
      jobsFailed: jobsOf(FAILED),
      jobsSuspended: jobsOf(SUSPENDED),
      jobsDeleted: jobsOf(DELETED),
      tasks,
      completed: tasksOf(COMPLETED),
      failed: tasksOf(FAILED),
      rendering: tasksOf(RENDERING),
      otherTasks: known.reduce((left, count) => left - count, tasks),
      renderSeconds: seconds(rendered.sum),
      renderOf: rendered.count,
      meanSeconds: rendered.sum === null ? null : secondsOf(rendered.sum) / rendered.count,
      medianSeconds: this.#quantile(50),
      p95Seconds: this.#quantile(95),
      longestSeconds: seconds(rendered.most),
      ...this.#wastedFigures,
      errors: this.#errors.sum === null ? null : Number(this.#errors.sum),
      errorsOf: this.#errors.count,
      peakRamBytes: this.#ram.most,
      peakRamOf: this.#ram.count,
      usedCpuClocks: this.#used.sum,
      availableCpuClocks: this.#available.sum,
      cpuPercent: percent(this.#used.sum, this.#available.sum),
      cpuOf: this.#used.count,
      outputBytes: this.#output.sum,
      outputOf: this.#output.count,
    };
  }

  get #wastedFigures(): Pick<Figures, 'wastedSeconds' | 'wastedOf' | 'wastedTries'> {
    const [wasted, tries] = [this.#wasted, this.#wastedTries];
    if (wasted === undefined) return { wastedSeconds: null, wastedOf: null, wastedTries: null };
    const sum = tries === 0 ? 0n : wasted.sum;
    return { wastedSeconds: seconds(sum), wastedOf: wasted.count, wastedTries: tries };
  }

  /**
   * By nearest rank, within the times that there were.
   *
   * @param percent a whole number, as the rank has to be exact
   */
  #quantile(percent: number): number | null {
    const { count, min, max } = this.#times;
    if (count === 0) return null;
    const index = Math.ceil((percent * count) / 100) - 1;
    // The sketch takes a part of the last index; half an index more is not rounded to the one before.
    const part = count === 1 ? 0 : Math.min(1, (index + 0.5) / (count - 1));
    return Math.min(max, Math.max(min, this.#times.getValueAtQuantile(part)));
  }
}

/** Adds up what is known. */
class Sum {
  count = 0;
  /** Null if nothing is known. */
  sum: bigint | null = null;
  most: bigint | null = null;

  add(value: bigint | undefined): void {
    if (value === undefined) return;
    this.count += 1;
    this.sum = (this.sum ?? 0n) + value;
    if (this.most === null || value > this.most) this.most = value;
  }
}

function addOne(counts: Map<string | undefined, number>, key: string | undefined): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function seconds(ticks: bigint | null): number | null {
  return ticks === null ? null : secondsOf(ticks);
}

function percent(part: bigint | null, whole: bigint | null): number | null {
  return part === null || whole === null ? null : (100 * Number(part)) / Number(whole);
}
