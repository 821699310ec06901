import { MAX_KEYS } from '../../../ingest/store/row-store.ts';
import { chunks } from '../../../shared/chunks.ts';
import type { NotificationRows } from '../../aws/notification-rows.ts';
import type { TaskSummary } from '../../aws/row-summary.ts';
import { firstOf } from '../../iterate.ts';
import { TaskReadPace } from '../../task-read-pace.ts';

type TaskId = number | string;

/** Changed tasks that are read by their ids, at most; more wait until all are read. */
const MOST_BY_ID = 500;
/** The minimum pause between two reads of all tasks, in ms, and how much of it a task adds: 10,000 take ten minutes. */
const [LEAST_PAUSE, PAUSE_OF_TASK] = [15_000, 60];
/** The same where changes are known by other means. */
const LONG_PAUSE = 10 * 60_000;

/** What is known of changes of a job's tasks. */
export interface TaskChanges {
  /** By task id, a text that changes with what indexes have of it. */
  readonly marks: ReadonlyMap<TaskId, string>;
  /** Tasks that the history has new entries of. */
  readonly told: readonly TaskId[];
  /** Whether most changes are among these. */
  readonly areMost: boolean;
}

/** A job's tasks, held in memory: all are read once, then those that changed. */
export class JobTasks {
  readonly rows = new Map<TaskId, TaskSummary>();
  /** Whether it has all. */
  isWhole = false;
  readonly #source: Pick<NotificationRows, 'timedTasks' | 'timedTasksById'>;
  readonly #job: string;
  readonly #most: number;
  readonly #now: () => number;
  readonly #pace: TaskReadPace;
  #readAll = -Infinity;
  #marks: ReadonlyMap<TaskId, string> = new Map();
  #pending = new Set<TaskId>();

  /**
   * @param most tasks that are held; of more, only the first
   * @param now the time in ms since the epoch
   */
  constructor(
    source: Pick<NotificationRows, 'timedTasks' | 'timedTasksById'>,
    job: string,
    most: number,
    now: () => number,
  ) {
    this.#source = source;
    this.#job = job;
    this.#most = most;
    this.#now = now;
    this.#pace = new TaskReadPace(LEAST_PAUSE, now);
  }

  /** @returns whether anything changed */
  async look({ marks, told, areMost }: TaskChanges, isOpen: boolean): Promise<boolean> {
    for (const id of new Set([...this.#marks.keys(), ...marks.keys()])) {
      if (this.#marks.get(id) !== marks.get(id)) this.#pending.add(id);
    }
    for (const id of told) this.#pending.add(id);
    this.#marks = marks;
    if (this.#isDue(areMost, isOpen)) {
      // An entry is written before its row.
      this.#pending = new Set(told);
      await this.#pace.read(() => this.#readRows());
      return true;
    }
    if (this.#pending.size === 0 || this.#pending.size > MOST_BY_ID) return false;
    for (const ids of chunks([...this.#pending], MAX_KEYS)) {
      const read = await this.#source.timedTasksById(this.#job, ids);
      const found = new Map(read.map((row) => [row.task, row]));
      for (const id of ids) {
        const row = found.get(id);
        if (row === undefined) this.rows.delete(id);
        else if (this.rows.has(id) || this.rows.size < this.#most) this.rows.set(id, row);
      }
    }
    this.#pending = new Set(told);
    return true;
  }

  #isDue(areMost: boolean, isOpen: boolean): boolean {
    if (this.#readAll === -Infinity) return true;
    if (!isOpen || !this.#pace.isDue) return false;
    const bySize = PAUSE_OF_TASK * this.rows.size;
    const isWaiting = this.#pending.size > MOST_BY_ID;
    const least = areMost && !isWaiting ? LONG_PAUSE : LEAST_PAUSE;
    return this.#now() - this.#readAll >= Math.max(least, bySize);
  }

  async #readRows(): Promise<void> {
    const all = await Array.fromAsync(firstOf(this.#most + 1, this.#source.timedTasks(this.#job)));
    this.isWhole = all.length <= this.#most;
    this.rows.clear();
    for (const row of all.slice(0, this.#most)) this.rows.set(row.task, row);
    this.#readAll = this.#now();
  }
}
