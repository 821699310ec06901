import type { JobStopStatus } from './job-notification.ts';
import type { JobPlan } from './job-plan.ts';
import type { TaskStopStatus } from './task-notification.ts';

/** The errors at which Deadline fails a task, and a job (the total of its tasks). */
const TASK_ERROR_LIMIT = 3;
const JOB_ERROR_LIMIT = 12;

/** How a worker's run of a task ends. */
export type RenderOutcome = 'completed' | 'error' | 'worker lost';

/** A job that is rendering: its waiting tasks, and how the others ended. */
export class RenderingJob {
  readonly plan: JobPlan;
  readonly #waiting: number[];
  readonly #taskErrors = new Map<number, number>();
  #started: number | undefined;
  #rendering = 0;
  #completed = 0;
  #failed = 0;
  #errors = 0;
  #hasStopped = false;

  constructor(plan: JobPlan) {
    this.plan = plan;
    this.#waiting = Array.from({ length: plan.taskCount }, (_, taskId) => taskId);
  }

  /** When its first task started, in ms since the epoch. */
  get started(): number {
    return this.#started as number;
  }

  /** The total errors of its tasks. */
  get errors(): number {
    return this.#errors;
  }

  taskErrors(taskId: number): number {
    return this.#taskErrors.get(taskId) ?? 0;
  }

  /** Whether a worker can take a task. */
  hasTask(at: number): boolean {
    const { submitted, machineLimit } = this.plan;
    const isWaiting = this.#waiting.length > 0 && this.#rendering < machineLimit;
    return !this.#hasStopped && submitted <= at && isWaiting;
  }

  /** Takes the next task. Call only if `hasTask` is true. */
  takeTask(at: number): number {
    this.#started ??= at;
    this.#rendering += 1;
    return this.#waiting.shift() as number;
  }

  /** @returns the status that Deadline gives the task */
  finishTask(taskId: number, outcome: RenderOutcome): TaskStopStatus {
    this.#rendering -= 1;
    if (outcome === 'completed') {
      this.#completed += 1;
      return 'Completed';
    }
    if (outcome === 'error') {
      this.#errors += 1;
      this.#taskErrors.set(taskId, this.taskErrors(taskId) + 1);
      if (this.#hasTooManyErrors || this.taskErrors(taskId) >= TASK_ERROR_LIMIT) {
        this.#failed += 1;
        return 'Failed';
      }
    }
    this.#waiting.unshift(taskId);
    return 'Queued';
  }

  /** Stops the job if it is done, failed, or ended by a user. A stopped job has no more tasks to take. */
  stopIfDue(): JobStopStatus | undefined {
    const status = this.#stopStatus();
    if (status) this.#hasStopped = true;
    return status;
  }

  get #hasTooManyErrors(): boolean {
    return this.#errors >= JOB_ERROR_LIMIT;
  }

  #stopStatus(): JobStopStatus | undefined {
    const { taskCount, intervention } = this.plan;
    if (this.#hasTooManyErrors) return 'Failed';
    if (this.#completed + this.#failed === taskCount) return 'Completed';
    if (intervention && this.#completed >= intervention.after) return intervention.status;
    return undefined;
  }
}
