import { setTimeout } from 'node:timers/promises';
import type { StatusLine } from '../terminal/status-line.ts';
import { span } from '../terminal/time.ts';
import { JOB_STOPPED, type NotificationRows } from './aws/notification-rows.ts';
import { type RetryUntilAnswered, retryUntilAnswered } from './aws/retry-until-answered.ts';
import type { JobSummary } from './aws/row-summary.ts';
import { progressText, TaskCounter } from './task-progress.ts';

/** How long after one look at the job's row the next one follows, in ms. A look takes one read unit for 4 KB. */
const POLL = 2_000;

/** What is known of a job before AWS has said anything. */
export const UNANSWERED = 'AWS has not answered';

/** Watches the row of a job that need not be there yet, and shows how far its tasks are. */
export class JobWatch {
  /** What is known of the job by now. */
  known = UNANSWERED;
  readonly #rows: NotificationRows;
  readonly #id: string;
  readonly #line: StatusLine;
  readonly #signal: AbortSignal;
  readonly #retryUntilAnswered: RetryUntilAnswered;
  readonly #tasks: TaskCounter;
  readonly #begin = performance.now();

  constructor(rows: NotificationRows, id: string, line: StatusLine, signal: AbortSignal) {
    this.#rows = rows;
    this.#id = id;
    this.#line = line;
    this.#signal = signal;
    this.#retryUntilAnswered = retryUntilAnswered(line, signal);
    this.#tasks = new TaskCounter(() => rows.countTasks(id), line.leastPause);
  }

  /**
   * The row of the job's stop.
   *
   * @param onEarlier whether a stop that is there at the first look is one of an earlier run, after which
   *   the job was resumed: if so, only another counts
   */
  async untilStopped(onEarlier: (stop: JobSummary) => boolean): Promise<JobSummary> {
    let row = await this.#look();
    const earlier = isStop(row) && onEarlier(row) ? row : undefined;
    // A row only ever changes to a newer notification, whatever makes it newer.
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

/** Whether a row says that its job stopped. Deadline documents no other notification of a job, but may have some. */
function isStop(row: JobSummary | undefined): row is JobSummary {
  return row?.notification === JOB_STOPPED;
}
