const [MINUTE, HOUR] = [60_000, 3_600_000];
/** How long what nobody asks for anymore is still followed, in ms: a page that is hidden asks rarely. */
const [KEPT_SPAN, KEPT_JOB] = [10 * MINUTE, 2 * MINUTE];

/** Remembers what clients asked for, for a while. */
export class AskedFor {
  readonly #now: () => number;
  /** When each was last asked for, in ms since the epoch. */
  readonly #hours = new Map<number, number>();
  readonly #jobs = new Map<string, number>();

  /** @param now the time in ms since the epoch */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** @returns whether that is more than before */
  addHours(hours: number): boolean {
    const longest = this.#longest();
    this.#hours.set(hours, this.#now());
    return hours > longest;
  }

  /** @returns whether it was not asked for before */
  addJob(id: string): boolean {
    const isNew = !this.jobs().has(id);
    this.#jobs.set(id, this.#now());
    return isNew;
  }

  /** The jobs that are asked for. */
  jobs(): ReadonlySet<string> {
    this.#forget(this.#jobs, KEPT_JOB);
    return new Set(this.#jobs.keys());
  }

  /** The begin of the longest span that is asked for, in ms since the epoch. */
  since(): number {
    return this.#now() - this.#longest() * HOUR;
  }

  #longest(): number {
    this.#forget(this.#hours, KEPT_SPAN);
    return Math.max(0, ...this.#hours.keys());
  }

  #forget(asked: Map<unknown, number>, kept: number): void {
    const first = this.#now() - kept;
    for (const [key, time] of asked) if (time < first) asked.delete(key);
  }
}
