const [MINUTE, HOUR] = [60_000, 3_600_000];
/** How long what nobody asks for anymore is still followed, in ms: a page that is hidden asks rarely. */
const [KEPT_TIME, KEPT_JOB] = [10 * MINUTE, 2 * MINUTE];
/** Jobs that are followed at once, at most: as many as the feed has clients. */
const MOST_JOBS = 100;

/** Remembers what clients asked for, for a while. */
export class AskedFor {
  readonly #now: () => number;
  /** When each was last asked for, in ms since the epoch. */
  readonly #hours = new Map<number, number>();
  readonly #times = new Map<number, number>();
  readonly #counted = new Map<number, number>();
  readonly #jobs = new Map<string, number>();

  /** @param now the time in ms since the epoch */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** @returns whether that is farther back than before */
  addHours(hours: number): boolean {
    return this.#reaches(() => this.#hours.set(hours, this.#now()));
  }

  /**
   * @param since in ms since the epoch
   * @returns whether that is farther back than before
   */
  addTime(since: number): boolean {
    return this.#reaches(() => this.#times.set(since, this.#now()));
  }

  /** @returns whether figures are asked for of a span of hours that they were not asked for before */
  addCounted(hours: number): boolean {
    const isNew = !this.countedHours().includes(hours);
    this.#counted.set(hours, this.#now());
    return isNew;
  }

  /** @returns whether it was not asked for before */
  addJob(id: string): boolean {
    const isNew = !this.jobs().has(id);
    this.#jobs.delete(id); // the last asked for comes last
    this.#jobs.set(id, this.#now());
    const [oldest] = this.#jobs.keys();
    if (this.#jobs.size > MOST_JOBS && oldest !== undefined) this.#jobs.delete(oldest);
    return isNew;
  }

  /** Forgets a job, such as one that is not there. */
  dropJob(id: string): void {
    this.#jobs.delete(id);
  }

  /** The jobs that are asked for. */
  jobs(): ReadonlySet<string> {
    this.#forget(this.#jobs, KEPT_JOB);
    return new Set(this.#jobs.keys());
  }

  /** The begin of the longest span of hours that is asked for, in ms since the epoch. */
  spanSince(): number {
    this.#forget(this.#hours, KEPT_TIME);
    return this.#now() - Math.max(0, ...this.#hours.keys()) * HOUR;
  }

  /** The spans of which figures are asked for, in hours, the shortest first. */
  countedHours(): readonly number[] {
    this.#forget(this.#counted, KEPT_TIME);
    return [...this.#counted.keys()].sort((a, b) => a - b);
  }

  /** The earliest time that is asked for, in ms since the epoch. */
  since(): number {
    this.#forget(this.#times, KEPT_TIME);
    const counted = this.#now() - (this.countedHours().at(-1) ?? 0) * HOUR;
    const first = Math.min(this.spanSince(), counted);
    return this.#times.keys().reduce((least, time) => Math.min(least, time), first);
  }

  #reaches(add: () => void): boolean {
    const before = this.since();
    add();
    return this.since() < before;
  }

  #forget(asked: Map<unknown, number>, kept: number): void {
    const first = this.#now() - kept;
    for (const [key, time] of asked) if (time < first) asked.delete(key);
  }
}
