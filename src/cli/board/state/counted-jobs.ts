import { setTimeout } from 'node:timers/promises';
import type { HistoryLevel } from '../../../shared/setting-values.ts';
import type { JobSummary } from '../../aws/row-summary.ts';
import { UNASKED, usdOf } from '../../read-cost.ts';
import type { MeasuredTask } from '../../statistics/measured-task.ts';
import { type KeptEntries, NotedHistory } from '../../statistics/noted-history.ts';
import { estimateRead } from '../../statistics/read-estimate.ts';
import { JOBS_AT_ONCE, type JobSource, readJob } from '../../statistics/read-jobs.ts';
import type { WastedTry } from '../../statistics/statistics.ts';
import { LOOK_BACK } from '../../watch/seen-rows.ts';

/** Tasks that are held at most: some 250 MB. */
const MOST_TASKS = 1_000_000;
/** In ms. */
const MOST_WAIT = 1_000;

/** A job's stop, with what its tasks and the history said when it was read. */
export interface CountedJob {
  /** Of this read of it. */
  readonly id: number;
  /** When that began, in ms since the epoch. */
  readonly at: number;
  readonly job: JobSummary;
  readonly tasks: readonly MeasuredTask[];
  readonly wasted: readonly WastedTry[];
}

/** How it stands with some jobs. */
export interface Counting {
  readonly counted: readonly CountedJob[];
  /** More than can be held. */
  readonly leftOut: readonly JobSummary[];
  /** To be read only if someone agrees. */
  readonly unread: readonly JobSummary[];
}

/** Where jobs are read that are counted. */
export interface CountedSource extends JobSource {
  readonly entries: KeptEntries | undefined;
  /** `off` also where the history is not read. */
  readonly level: HistoryLevel;
  /** In ms since the epoch. */
  readonly now: () => number;
}

/**
 * The tasks of jobs that stopped, held in memory as long as someone asks for their figures. Each job is read once it
 * stopped, and again ten minutes later if that was sooner: rows of its tasks may come late.
 */
export class CountedJobs {
  /** Since when the history tells of tries, in ms since the epoch; `undefined` if it is off, or not read yet. */
  historySince: number | undefined;
  readonly #source: CountedSource;
  readonly #history: NotedHistory | undefined;
  readonly #most: number;
  readonly #wait: number;
  /** All by the stops of jobs. */
  readonly #read = new Map<string, CountedJob>();
  readonly #underWay = new Set<string>();
  /** How many tasks jobs turned out to have. */
  readonly #found = new Map<string, number>();
  #queue = new Map<string, JobSummary>();
  #leftOut = new Set<string>();
  #agreed = new Set<string>();
  readonly #readers = new Set<Promise<void>>();
  #reading: Promise<void> | undefined;
  #failure: { readonly error: unknown } | undefined;
  #isEnded = false;
  #reads = 0;

  /**
   * @param most tasks that are held
   * @param wait how long a look waits for what is read, in ms: the rest is read beside other looks
   */
  constructor(source: CountedSource, { most = MOST_TASKS, wait = MOST_WAIT } = {}) {
    this.#source = source;
    this.#history = source.entries && new NotedHistory(source.entries);
    this.#most = most;
    this.#wait = wait;
  }

  /** How it stands with some jobs, in their order. */
  of(jobs: readonly JobSummary[]): Counting {
    const isOpen = (stop: string) =>
      !this.#read.has(stop) && !this.#queue.has(stop) && !this.#underWay.has(stop);
    return {
      counted: jobs.map((job) => this.#read.get(stopOf(job))).filter((each) => each !== undefined),
      leftOut: jobs.filter((job) => this.#leftOut.has(stopOf(job))),
      unread: jobs.filter((job) => isOpen(stopOf(job)) && !this.#leftOut.has(stopOf(job))),
    };
  }

  /**
   * Lets jobs be read whatever it costs.
   *
   * @returns whether that makes a difference
   */
  agree(jobs: readonly JobSummary[]): boolean {
    const { unread } = this.of(jobs);
    for (const job of unread) this.#agreed.add(stopOf(job));
    return unread.length > 0;
  }

  /**
   * Reads what is not read of spans that are asked for, unless one costs more than a cent, and forgets all else.
   *
   * @param spans the jobs of each, newest first; the shortest first
   * @throws what a read threw, once
   */
  async look(spans: readonly (readonly JobSummary[])[]): Promise<void> {
    this.#throwFailure();
    this.#hold(spans.at(-1) ?? []);
    this.#queue = new Map();
    for (const jobs of spans) this.#enqueue(jobs);
    this.#startReaders();
    if (this.#reading === undefined) return;
    const waited = new AbortController();
    const { signal } = waited;
    await Promise.race([
      this.#reading,
      setTimeout(this.#wait, undefined, { signal }).catch(() => undefined),
    ]);
    waited.abort();
    this.#throwFailure();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isEnded = true;
    await this.#reading;
  }

  /** Forgets the tasks of all other jobs, and leaves out those for which there is no room. */
  #hold(jobs: readonly JobSummary[]): void {
    const stops = new Set(jobs.map(stopOf));
    this.#agreed = this.#agreed.intersection(stops);
    this.#leftOut = new Set();
    let room = this.#most;
    for (const job of jobs) {
      const stop = stopOf(job);
      const tasks = this.#found.get(stop) ?? job.tasks ?? 0;
      if (tasks > room) this.#leftOut.add(stop);
      else room -= tasks;
    }
    for (const stop of this.#found.keys()) {
      if (!stops.has(stop)) this.#found.delete(stop);
      if (!stops.has(stop) || this.#leftOut.has(stop)) this.#read.delete(stop);
    }
  }

  #enqueue(jobs: readonly JobSummary[]): void {
    const wanted = jobs.filter((job) => this.#isWanted(job));
    const { units } = estimateRead(wanted, this.#source.level);
    const isFree = usdOf(units) <= UNASKED;
    for (const job of wanted) {
      const stop = stopOf(job);
      if (isFree || this.#agreed.has(stop)) this.#queue.set(stop, job);
    }
  }

  #isWanted(job: JobSummary): boolean {
    const stop = stopOf(job);
    if (this.#queue.has(stop) || this.#underWay.has(stop) || this.#leftOut.has(stop)) return false;
    const read = this.#read.get(stop);
    const late = (job.sent ?? 0) + LOOK_BACK;
    return read === undefined || (read.at < late && late <= this.#source.now());
  }

  /** As many as there are jobs to read, up to those that are read at once. */
  #startReaders(): void {
    const free = Math.min(this.#queue.size, JOBS_AT_ONCE - this.#readers.size);
    for (let count = 0; count < free; count += 1) {
      const reader = this.#readQueue().finally(() => this.#readers.delete(reader));
      this.#readers.add(reader);
    }
    if (this.#readers.size === 0) return;
    this.#reading ??= this.#untilAllIsRead().finally(() => {
      this.#reading = undefined;
    });
  }

  async #untilAllIsRead(): Promise<void> {
    while (this.#readers.size > 0) await Promise.all(this.#readers);
    await this.#noting(async () => {
      this.historySince = await this.#history?.begin();
    });
  }

  /** Reads what is in the queue, also what comes into it meanwhile. */
  #readQueue(): Promise<void> {
    return this.#noting(async () => {
      for (;;) {
        const [next] = this.#queue;
        if (next === undefined || this.#isEnded) return;
        const [stop, job] = next;
        this.#queue.delete(stop);
        await this.#readJob(stop, job);
      }
    });
  }

  async #readJob(stop: string, job: JobSummary): Promise<void> {
    const { rows, now } = this.#source;
    const [tasks, wasted]: [MeasuredTask[], WastedTry[]] = [[], []];
    this.#reads += 1;
    const counted = { id: this.#reads, at: now(), job, tasks, wasted };
    this.#underWay.add(stop);
    try {
      await readJob(
        job,
        { rows, entries: this.#history },
        {
          // Its row may tell of fewer.
          addTask: (task) => void (tasks.length <= this.#most && tasks.push(task)),
          addWasted: (each) => void wasted.push(each),
        },
      );
      this.#found.set(stop, tasks.length);
      this.#read.set(stop, counted);
    } finally {
      this.#underWay.delete(stop);
    }
  }

  /** Keeps what it throws for the next look, and reads nothing more until then. */
  async #noting(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#failure = { error };
      this.#queue.clear();
    }
  }

  #throwFailure(): void {
    const failure = this.#failure;
    this.#failure = undefined;
    if (failure !== undefined) throw failure.error;
  }
}

/** What tells a job's stop from all others, also from its own before and after. */
function stopOf({ job, sent }: JobSummary): string {
  return `${sent}/${job}`;
}
