import { setTimeout } from 'node:timers/promises';
import type { StatusLine } from '../terminal/status-line.ts';
import { span } from '../terminal/time.ts';
import { JOB_STOPPED, type NotificationRows } from './aws/notification-rows.ts';
import type { RetryUntilAnswered } from './aws/retry-until-answered.ts';
import type { JobSummary } from './aws/row-summary.ts';
import { progressText, TaskCounter } from './task-progress.ts';

/** Pause between reads of the job's row, in ms. A read takes one read unit per 4 KB. */
const POLL = 2_000;

/** The known state before AWS has answered. */
export const UNANSWERED = 'AWS has not answered';

/** Watches the row of a job, which need not exist yet, and shows the progress of its tasks. */
export class JobWatch {
  /** What is known about the job so far. */
  known = UNANSWERED;
  readonly #rows: NotificationRows;
  readonly #id: string;
  readonly #line: StatusLine;
  readonly #signal: AbortSignal;
  readonly #retryUntilAnswered: RetryUntilAnswered;
  readonly #tasks: TaskCounter;
  readonly #begin = performance.now();

  constructor(
    rows: NotificationRows,
    id: string,
    line: StatusLine,
    retryUntilAnswered: RetryUntilAnswered,
    signal: AbortSignal,
  ) {
    this.#rows = rows;
    this.#id = id;
    this.#line = line;
    this.#signal = signal;
    this.#retryUntilAnswered = retryUntilAnswered;
    this.#tasks = new TaskCounter(() => rows.countTasks(id), line.leastPause);
  }

  /**
   * Waits until the job stops, and returns its row.
   *
   * @param onEarlier whether a stop that is already there at first is from an earlier run, after which the
   *   job was resumed: if so, only a later one counts
   */
  async untilStopped(onEarlier: (stop: JobSummary) => boolean): Promise<JobSummary> {
    let row = await this.#look();
    const earlier = isStop(row) && onEarlier(row) ? row : undefined;
    // A row changes only to a newer notification, so another send time means a later stop.
    while (!isStop(row) || (earlier && row.sent === earlier.sent)) {
      const counts = await this.#retryUntilAnswered(() => this.#tasks.counts());
      this.known = progressText(counts, row?.tasks);
      this.#line.show(this.known, span(performance.now() - this.#begin));
      await setTimeout(POLL, undefined, { signal: this.#signal });
      row = await this.#look();
    }
    return row;
  }

  #look(): Promise<JobSummary | undefined> {
    return this.#retryUntilAnswered(() => this.#rows.job(this.#id));
  }
}

/** Whether a row is a stop. Deadline documents no other job notification, but may send some. */
function isStop(row: JobSummary | undefined): row is JobSummary {
  return row?.notification === JOB_STOPPED;
}
