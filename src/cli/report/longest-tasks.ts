import { briefFrames } from '../../shared/frames.ts';
import { secondsOf } from '../../shared/run-time.ts';
import type { JobSummary } from '../aws/row-summary.ts';
import type { MeasuredTask } from '../statistics/measured-task.ts';
import type { LongTask } from './report-model.ts';

/** Keeps the tasks that rendered longest, and no others. */
export class LongestTasks {
  readonly #most: number;
  /** The longest first. */
  readonly #kept: {
    readonly job: JobSummary;
    readonly task: MeasuredTask;
    readonly ticks: bigint;
  }[] = [];

  /** @param most how many are kept */
  constructor(most: number) {
    this.#most = most;
  }

  add(job: JobSummary, task: MeasuredTask): void {
    const ticks = task.rendered;
    if (ticks === undefined || ticks === 0n) return;
    const place = this.#kept.findIndex((each) => each.ticks < ticks);
    if (place === -1 && this.#kept.length === this.#most) return;
    this.#kept.splice(place === -1 ? this.#kept.length : place, 0, { job, task, ticks });
    if (this.#kept.length > this.#most) this.#kept.pop();
  }

  get all(): LongTask[] {
    return this.#kept.map(({ job, task, ticks }) => ({
      job: job.job,
      name: job.name || null,
      user: job.user || null,
      task: task.task,
      frames: briefFrames(task.frames) || null,
      worker: task.worker ?? null,
      status: task.status ?? null,
      renderSeconds: secondsOf(ticks),
    }));
  }
}
