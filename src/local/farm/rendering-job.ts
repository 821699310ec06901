import type { JobEnd } from './job-notification.ts';
import type { JobPlan } from './job-plan.ts';
import type { TaskEnd } from './task-notification.ts';

/** A task fails at so many errors, and a job at so many of all its tasks. */
const ERRORS_OF_TASK = 3;
const ERRORS_OF_JOB = 12;

/** How a worker fared with a task. */
export type Outcome = 'completed' | 'error' | 'worker lost';

/** A job on its way: which of its tasks wait, and what became of the others. */
export class Job {
  readonly plan: JobPlan;
  readonly #waiting: number[];
  readonly #errorsOf = new Map<number, number>();
  #started: number | undefined;
  #rendering = 0;
  #completed = 0;
  #failed = 0;
  #errors = 0;
  #isOver = false;

  constructor(plan: JobPlan) {
    this.plan = plan;
    this.#waiting = Array.from({ length: plan.taskCount }, (_, taskId) => taskId);
  }

  /** When its first task was taken, in ms since the epoch. */
  get started(): number {
    return this.#started as number;
  }

  /** Those of all its tasks. */
  get errors(): number {
    return this.#errors;
  }

  errorsOf(taskId: number): number {
    return this.#errorsOf.get(taskId) ?? 0;
  }

  hasWork(at: number): boolean {
    const { submitted, machineLimit } = this.plan;
    const isWaiting = this.#waiting.length > 0 && this.#rendering < machineLimit;
    return !this.#isOver && submitted <= at && isWaiting;
  }

  /** Gives the next task to a worker, which there must be one for. */
  take(at: number): number {
    this.#started ??= at;
    this.#rendering += 1;
    return this.#waiting.shift() as number;
  }

  /** @returns what Deadline makes of a task that a worker is done with */
  finish(taskId: number, outcome: Outcome): TaskEnd {
    this.#rendering -= 1;
    if (outcome === 'completed') {
      this.#completed += 1;
      return 'Completed';
    }
    if (outcome === 'error') {
      this.#errors += 1;
      this.#errorsOf.set(taskId, this.errorsOf(taskId) + 1);
      if (this.#hasTooManyErrors || this.errorsOf(taskId) >= ERRORS_OF_TASK) {
        this.#failed += 1;
        return 'Failed';
      }
    }
    this.#waiting.unshift(taskId);
    return 'Queued';
  }

  /** What ends it now, where something does. From then on it has no work. */
  end(): JobEnd | undefined {
    const end = this.#reasonToEnd();
    if (end) this.#isOver = true;
    return end;
  }

  get #hasTooManyErrors(): boolean {
    return this.#errors >= ERRORS_OF_JOB;
  }

  #reasonToEnd(): JobEnd | undefined {
    const { taskCount, intervention } = this.plan;
    if (this.#hasTooManyErrors) return 'Failed';
    if (this.#completed + this.#failed === taskCount) return 'Completed';
    if (intervention && this.#completed >= intervention.after) return intervention.status;
    return undefined;
  }
}
