import { MAX_KEYS } from '../../../ingest/store/row-store.ts';
import type { Transition } from '../../../shared/history-entry.ts';
import type { NotificationRows } from '../../aws/notification-rows.ts';
import type { JobSummary, TaskSummary } from '../../aws/row-summary.ts';
import { firstOf } from '../../iterate.ts';
import { beginning } from '../../job-times.ts';
import { MOST_ROWS } from '../../listing.ts';
import { TaskReadPace } from '../../task-read-pace.ts';
import { LOOK_BACK } from '../../watch/seen-rows.ts';
import { transitionOfJob, transitionOfTask } from './row-transition.ts';

/** How often all failed tasks are read again, in ms: one that is requeued leaves its index without a trace. */
const WHOLE_FAILED = 10 * 60_000;

/**
 * What the indexes have, held in memory for all clients: the jobs that stopped since a time, their failed tasks, and
 * what renders. A look reads what can have changed. Of jobs and of failed tasks it holds the newest 10,000.
 */
export class FarmTables {
  /** By id. */
  readonly jobs = new Map<string, JobSummary>();
  /** By `keyOf`. */
  readonly failed = new Map<string, TaskSummary>();
  /** By `keyOf`; empty where the setting `rendering` is off. */
  rendering: ReadonlyMap<string, TaskSummary> = new Map();
  /** The time since which it has all tasks that failed, in ms since the epoch. */
  failedSince = Infinity;
  readonly #rows: NotificationRows;
  readonly #hasRendering: boolean;
  readonly #now: () => number;
  readonly #renderingPace: TaskReadPace;
  /** Jobs of tasks that stopped before the jobs held, or never: `undefined`. */
  readonly #others = new Map<string, JobSummary | undefined>();
  #jobsSince = Infinity;
  /** When the oldest job was sent, if there are older ones that it does not hold. */
  #oldestJob = -Infinity;
  #failedWanted = Infinity;
  #wholeFailed = -Infinity;
  #newest = -Infinity;

  /** @param now the time in ms since the epoch */
  constructor(rows: NotificationRows, hasRendering: boolean, now: () => number) {
    this.#rows = rows;
    this.#hasRendering = hasRendering;
    this.#now = now;
    this.#renderingPace = new TaskReadPace(0, now);
  }

  /** Since when it was asked to have all jobs that stopped, in ms since the epoch. */
  get since(): number {
    return this.#jobsSince;
  }

  /** Whether there may be more jobs since a time than it holds. */
  isCut(since: number): boolean {
    return since < this.#oldestJob;
  }

  /** When the newest row was sent; `undefined` if there is none. */
  get newest(): number | undefined {
    return this.#newest === -Infinity ? undefined : this.#newest;
  }

  /** A job's row, of those held and of those of tasks; it has none until it first stops. */
  jobOf(id: string): JobSummary | undefined {
    return this.jobs.get(id) ?? this.#others.get(id);
  }

  /** All that it knows, as transitions, in the order of their times. */
  transitions(since: number): Transition[] {
    const all = [
      ...this.jobs.values().map(transitionOfJob),
      ...[...this.failed.values(), ...this.rendering.values()].map(transitionOfTask),
    ];
    return inOrder(all).filter(({ at }) => Date.parse(at) >= since);
  }

  /**
   * Reads what changed.
   *
   * @param since how far back it has to reach, in ms since the epoch
   * @returns what is new since the look before; nothing of what was read for the first time
   */
  async look(since: number): Promise<Transition[]> {
    const isWider = since < this.#jobsSince;
    const from = this.#from;
    const changed = isWider ? [] : await this.#readNewJobs(from);
    if (isWider) await this.#readOlderJobs(since);
    const failed = await this.#readFailed(from);
    const started = await this.#readRendering();
    await this.#readOthers();
    this.#trim();
    return isWider
      ? []
      : inOrder([
          ...changed.map(transitionOfJob),
          ...[...failed, ...started].map(transitionOfTask),
        ]);
  }

  async #readOlderJobs(since: number): Promise<void> {
    const span = this.#jobsSince === Infinity ? { since } : { since, until: this.#jobsSince };
    const room = Math.max(1, MOST_ROWS - this.jobs.size);
    const read = await Array.fromAsync(firstOf(room, this.#rows.jobs(span)));
    for (const job of read) {
      if (job.sent === undefined) continue;
      if (!this.jobs.has(job.job)) this.jobs.set(job.job, job);
      this.#see(job);
    }
    this.#jobsSince = since;
    if (read.length === room) this.#oldestJob = read.at(-1)?.sent ?? since;
  }

  async #readNewJobs(from: number): Promise<JobSummary[]> {
    const changed: JobSummary[] = [];
    for await (const job of this.#rows.jobsSince(from)) {
      if (isSame(this.jobs.get(job.job), job)) continue;
      this.jobs.set(job.job, job);
      changed.push(job);
      this.#see(job);
    }
    return changed;
  }

  /** From where a look reads again, in ms since the epoch. */
  get #from(): number {
    return Math.max(this.#jobsSince, this.#newest - LOOK_BACK);
  }

  /** Reads the failed tasks as far back as the jobs began, or those that can have changed. */
  async #readFailed(changedFrom: number): Promise<TaskSummary[]> {
    const before = this.failedSince;
    const wanted = this.jobs
      .values()
      .reduce((first, job) => Math.min(first, beginning(job)), this.#jobsSince);
    const isWhole = wanted < this.#failedWanted || this.#now() - this.#wholeFailed >= WHOLE_FAILED;
    const from = isWhole ? wanted : changedFrom;
    const read = isWhole
      ? await this.#readAllFailed(wanted)
      : await Array.fromAsync(this.#rows.failedTasksSince(from));
    const found = new Map(read.map((task) => [keyOf(task), task]));
    for (const [key, { sent = 0 }] of this.failed) {
      if (sent >= from && !found.has(key)) this.failed.delete(key);
    }
    const changed = read.filter((task) => !isSame(this.failed.get(keyOf(task)), task));
    for (const [key, task] of found) this.failed.set(key, task);
    for (const task of changed) this.#see(task);
    return changed.filter(({ sent = 0 }) => sent >= before);
  }

  async #readAllFailed(since: number): Promise<TaskSummary[]> {
    const read = await Array.fromAsync(firstOf(MOST_ROWS, this.#rows.failedTasks({ since })));
    this.#failedWanted = since;
    this.#wholeFailed = this.#now();
    const known = read.filter(({ sent }) => sent !== undefined);
    this.failedSince = read.length === MOST_ROWS ? (known.at(-1)?.sent ?? since) : since;
    return known;
  }

  async #readRendering(): Promise<TaskSummary[]> {
    if (!this.#hasRendering || !this.#renderingPace.isDue) return [];
    const read = await this.#renderingPace.read(() => Array.fromAsync(this.#rows.renderingTasks()));
    const before = this.rendering;
    this.rendering = new Map(read.map((task) => [keyOf(task), task]));
    const started = read.filter((task) => !isSame(before.get(keyOf(task)), task));
    for (const task of started) {
      this.#see(task);
      const failed = this.failed.get(keyOf(task));
      if ((failed?.sent ?? Infinity) < (task.sent ?? 0)) this.failed.delete(keyOf(task));
    }
    return started;
  }

  /** Reads the jobs of tasks that are not among those held, once each. */
  async #readOthers(): Promise<void> {
    const tasks = [...this.failed.values(), ...this.rendering.values()];
    const ids = new Set(tasks.map(({ job }) => job));
    const unknown = [...ids].filter((id) => !this.jobs.has(id) && !this.#others.has(id));
    for (let index = 0; index < unknown.length; index += MAX_KEYS) {
      const some = new Set(unknown.slice(index, index + MAX_KEYS));
      const found = await this.#rows.jobsOf(some);
      for (const id of some) this.#others.set(id, found.get(id));
    }
    for (const id of this.#others.keys()) {
      if (!ids.has(id) || this.jobs.has(id)) this.#others.delete(id);
    }
  }

  /** Forgets the oldest beyond what it holds at most. */
  #trim(): void {
    for (const rows of [this.jobs, this.failed] as Map<string, JobSummary | TaskSummary>[]) {
      if (rows.size <= MOST_ROWS * 1.1) continue;
      const newestFirst = [...rows].sort(([, a], [, b]) => (b.sent ?? 0) - (a.sent ?? 0));
      for (const [key, { sent = 0 }] of newestFirst.slice(MOST_ROWS)) {
        rows.delete(key);
        if (rows === this.jobs) this.#oldestJob = Math.max(this.#oldestJob, sent);
        else this.failedSince = Math.max(this.failedSince, sent);
      }
    }
  }

  #see({ sent = -Infinity }: JobSummary | TaskSummary): void {
    this.#newest = Math.max(this.#newest, Math.min(sent, this.#now()));
  }
}

/** What tells a task from all others. */
export function keyOf({ job, task }: Pick<TaskSummary, 'job' | 'task'>): string {
  return `${job}/${task}`;
}

function isSame(
  one: JobSummary | TaskSummary | undefined,
  other: JobSummary | TaskSummary,
): boolean {
  return one?.sent === other.sent && one?.status === other.status;
}

function inOrder(all: Iterable<Transition | undefined>): Transition[] {
  return [...all]
    .filter((each) => each !== undefined)
    .sort((a, b) => (a.at < b.at ? -1 : Number(a.at > b.at)));
}
