type Counts = ReadonlyMap<string, number>;

/** How many times as long as a count took is left before the next. */
const PAUSES = 20;

/**
 * Counts the tasks of a job now and then. DynamoDB has no count of its own: it reads, and bills, every
 * task, which for a job of 100,000 are some hundred pages. So a count that takes long is made seldom, and
 * however many tasks there are, no more than a twentieth of the time is spent on it.
 */
export class TaskCounter {
  readonly #count: () => Promise<Counts>;
  readonly #leastPause: number;
  #counts: Counts | undefined;
  /** When to count again, as `performance.now()` has it. */
  #next = 0;

  /** @param leastPause between two counts, in ms */
  constructor(count: () => Promise<Counts>, leastPause: number) {
    this.#count = count;
    this.#leastPause = leastPause;
  }

  /** The counts, as they were not long ago. */
  async counts(): Promise<Counts> {
    const begin = performance.now();
    if (this.#counts && begin < this.#next) return this.#counts;
    this.#counts = await this.#count();
    const end = performance.now();
    this.#next = end + Math.max(this.#leastPause, PAUSES * (end - begin));
    return this.#counts;
  }
}
