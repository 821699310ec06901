/** The pause after a read, as a multiple of the time the read took. */
const PAUSE_FACTOR = 20;

/**
 * Spaces out reads of all tasks of a job. DynamoDB reads and bills every task: about a hundred pages for a job
 * of 100,000. Slow reads are therefore repeated less often, so that reading takes no more than a twentieth of
 * the time, however many tasks there are.
 */
export class TaskReadPace {
  readonly #leastPause: number;
  readonly #clock: () => number;
  /** When to read again, by the clock. */
  #next = 0;

  /**
   * @param leastPause the minimum pause between two reads, in ms
   * @param clock in ms
   */
  constructor(leastPause: number, clock = () => performance.now()) {
    this.#leastPause = leastPause;
    this.#clock = clock;
  }

  get isDue(): boolean {
    return this.#clock() >= this.#next;
  }

  async read<T>(tasks: () => Promise<T>): Promise<T> {
    const begin = this.#clock();
    const read = await tasks();
    const end = this.#clock();
    this.#next = end + Math.max(this.#leastPause, PAUSE_FACTOR * (end - begin));
    return read;
  }
}
