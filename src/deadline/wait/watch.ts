import { setTimeout } from 'node:timers/promises';
import { failureOf } from '../../failure.ts';
import type { StatusLine } from '../../terminal/status-line.ts';
import { span } from '../../terminal/time.ts';
import type { NotificationRows } from '../rows.ts';
import type { JobSummary } from '../summary.ts';
import { isStop } from './outcome.ts';
import { progressText } from './progress.ts';
import { TaskCounter } from './task-counter.ts';

/** How long after one look at the job's row the next follows, in ms. A look takes one read unit for 4 KB. */
const PAUSE = 2_000;

/** What is known of a job before AWS has said anything. */
export const UNANSWERED = 'AWS has not answered';

/** Watches the row of a job that need not be there yet, and shows how far its tasks are. */
export class Watch {
  /** What is known of the job by now. */
  known = UNANSWERED;
  readonly #rows: NotificationRows;
  readonly #id: string;
  readonly #line: StatusLine;
  readonly #signal: AbortSignal;
  readonly #tasks: TaskCounter;
  readonly #begin = performance.now();
  readonly #told = new Set<string>();

  constructor(rows: NotificationRows, id: string, line: StatusLine, signal: AbortSignal) {
    this.#rows = rows;
    this.#id = id;
    this.#line = line;
    this.#signal = signal;
    this.#tasks = new TaskCounter(() => rows.countTasks(id), line.leastPause);
  }

  /**
   * The row of the job's stop.
   *
   * @param onEarlier whether a stop that is there at the first look is one of an earlier run, after which
   *   the job was resumed: if so, only one that was sent later counts
   */
  async untilStopped(onEarlier: (stop: JobSummary) => boolean): Promise<JobSummary> {
    let row = await this.#answer(() => this.#rows.job(this.#id));
    const earlier = isStop(row) && onEarlier(row) ? row.sent : -Infinity;
    while (!isStop(row) || row.sent <= earlier) {
      const counts = await this.#answer(() => this.#tasks.counts());
      this.known = progressText(counts, row?.tasks);
      this.#line.show(this.known, span(performance.now() - this.#begin));
      await this.#pause();
      row = await this.#answer(() => this.#rows.job(this.#id));
    }
    return row;
  }

  /**
   * Asks AWS until it answers: in hours of waiting, a network may be gone for a while, and a table
   * throttled. Each kind of trouble is told once.
   *
   * @throws what does not pass by itself, such as a missing permission
   */
  async #answer<T>(ask: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await ask();
      } catch (error) {
        this.#signal.throwIfAborted();
        const { result, reason } = failureOf(error);
        if (result !== 'busy') throw error;
        this.#tell((error as Error).name, reason);
      }
      await this.#pause();
    }
  }

  #tell(kind: string, reason: string): void {
    if (this.#told.has(kind)) return;
    this.#told.add(kind);
    this.#line.say(`AWS does not answer (${reason}). It is asked again until it does.`);
  }

  async #pause(): Promise<void> {
    await setTimeout(PAUSE, undefined, { signal: this.#signal });
  }
}
