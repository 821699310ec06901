import { MAX_KEYS } from '../../../ingest/store/row-store.ts';
import type { Transition } from '../../../shared/history-entry.ts';
import type { NotificationRows } from '../../aws/notification-rows.ts';
import type { JobSummary, TaskSummary } from '../../aws/row-summary.ts';
import { firstOf } from '../../iterate.ts';
import { beginning } from '../../job-times.ts';
import { MOST_ROWS } from '../../listing.ts';
import { LookPace } from './look-pace.ts';
import { transitionOfJob, transitionOfTask } from './row-transition.ts';

/** How often all failed tasks are read again, in ms: one that is requeued leaves its index without a trace. */
const WHOLE_FAILED = 10 * 60_000;
/** How long a task that renders adds to the pause until all that render are read again, and the longest pause, in ms. */
const [PAUSE_OF_RENDERING, MOST_OF_PAUSE] = [100, 60_000];
/** How much farther back than asked for it holds jobs, in ms. */
const SLACK = 60 * 60_000;

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
  readonly #pace: LookPace;
  /** Jobs of tasks that stopped before the jobs held, or never: `undefined`. */
  readonly #others = new Map<string, JobSummary | undefined>();
  #jobsSince = Infinity;
  /** What is not told yet. */
  readonly #news: (Transition | undefined)[] = [];
  /** When the oldest job was sent, if there are older ones that it does not hold. */
  #oldestJob = -Infinity;
  #failedWanted = Infinity;
  #wholeFailed = -Infinity;
  #wholeRendering = -Infinity;
  #newest = -Infinity;
  /** How many jobs and failed tasks have a send time that cannot be. */
  #untimed = { jobs: 0, tasks: 0 };

  /** @param now the time in ms since the epoch */
  constructor(rows: NotificationRows, hasRendering: boolean, now: () => number) {
    this.#rows = rows;
    this.#hasRendering = hasRendering;
    this.#now = now;
    this.#pace = new LookPace(now);
  }

  /** Whether there may be more jobs since a time than it holds. */
  isCut(since: number): boolean {
    return since < this.#oldestJob;
  }

  /** How many rows were found that are left out, as nobody knows when they were sent. */
  get untimed(): number {
    return this.#untimed.jobs + this.#untimed.tasks;
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
   * Reads what changed. If a read fails, what was found before is among the news of the next look.
   *
   * @param since how far back it has to reach, in ms since the epoch
   * @returns what is new since the look before, oldest first; nothing of what was read for the first time
   */
  async look(since: number): Promise<Transition[]> {
    const back = this.#pace.begin();
    if (this.#jobsSince !== Infinity) {
      const read = await this.#readNewJobs(Math.max(this.#jobsSince, back));
      this.#news.push(...read.map(transitionOfJob));
    }
    if (since < this.#jobsSince) await this.#readOlderJobs(since);
    else if (since - this.#jobsSince > SLACK) this.#forget(since);
    const from = Math.max(this.#jobsSince, back);
    this.#news.push(...(await this.#readFailed(from)).map(transitionOfTask));
    this.#news.push(...(await this.#readRendering(from)).map(transitionOfTask));
    await this.#readOthers();
    this.#trim();
    this.#pace.end(this.#newest);
    return inOrder(this.#news.splice(0));
  }

  async #readOlderJobs(since: number): Promise<void> {
    const isFirst = this.#jobsSince === Infinity;
    const span = isFirst ? { since } : { since, until: this.#jobsSince };
    const room = Math.max(1, MOST_ROWS - this.jobs.size);
    const read = await Array.fromAsync(firstOf(room, this.#rows.jobs(span)));
    const timed = read.filter(({ sent }) => sent !== undefined);
    if (isFirst) this.#untimed.jobs = read.length - timed.length;
    for (const job of timed) {
      if (!this.jobs.has(job.job)) this.jobs.set(job.job, job);
      this.#see(job);
    }
    this.#jobsSince = since;
    if (read.length === room) this.#oldestJob = read.at(-1)?.sent ?? since;
  }

  async #readNewJobs(from: number): Promise<JobSummary[]> {
    const read = await Array.fromAsync(this.#rows.jobsSince(from));
    const changed = read.filter((job) => !isSame(this.jobs.get(job.job), job));
    for (const job of changed) {
      this.jobs.set(job.job, job);
      this.#see(job);
    }
    return changed;
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
    const changed = read.filter((task) => !isSame(this.failed.get(keyOf(task)), task));
    for (const [key, { sent = 0 }] of this.failed) {
      if ((isWhole || sent >= from) && !found.has(key)) this.failed.delete(key);
    }
    for (const [key, task] of found) this.failed.set(key, task);
    for (const task of changed) this.#see(task);
    return changed.filter(({ sent = 0 }) => sent >= before);
  }

  async #readAllFailed(since: number): Promise<TaskSummary[]> {
    const read = await Array.fromAsync(firstOf(MOST_ROWS, this.#rows.failedTasks({ since })));
    this.#failedWanted = since;
    this.#wholeFailed = this.#now();
    const known = read.filter(({ sent }) => sent !== undefined);
    this.#untimed.tasks = read.length - known.length;
    this.failedSince = read.length === MOST_ROWS ? (known.at(-1)?.sent ?? since) : since;
    return known;
  }

  /** Reads all that render, or, where many do, mostly those that started: what stops is not told. */
  async #readRendering(from: number): Promise<TaskSummary[]> {
    if (!this.#hasRendering) return [];
    const now = this.#now();
    const before = this.rendering;
    const pause = Math.min(MOST_OF_PAUSE, PAUSE_OF_RENDERING * before.size);
    const isWhole = now - this.#wholeRendering >= pause;
    const isFirst = this.#wholeRendering === -Infinity;
    const read = await Array.fromAsync(this.#rows.renderingTasks(isWhole ? undefined : from));
    if (isWhole) this.#wholeRendering = now;
    const rendering = new Map(isWhole ? [] : before);
    for (const task of read) rendering.set(keyOf(task), task);
    for (const [key, task] of rendering) {
      const failed = this.failed.get(key);
      const later = (failed?.sent ?? 0) - (task.sent ?? 0);
      if (failed && later < 0) this.failed.delete(key);
      if (failed && later > 0) rendering.delete(key);
    }
    this.rendering = rendering;
    const started = read.filter((task) => !isSame(before.get(keyOf(task)), task));
    for (const task of started) this.#see(task);
    return isFirst ? [] : started;
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

  /** Forgets jobs that nobody asks for anymore. */
  #forget(since: number): void {
    for (const [id, { sent = 0 }] of this.jobs) if (sent < since) this.jobs.delete(id);
    this.#jobsSince = since;
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
