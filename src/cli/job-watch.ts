import type { StatusLine } from '../terminal/status-line.ts';
import { span } from '../terminal/time.ts';
import type { NotificationRows } from './aws/notification-rows.ts';
import type { Asking } from './aws/retry-until-answered.ts';
import type { JobSummary } from './aws/row-summary.ts';
import { isStop } from './job-stop.ts';
import { TaskCounter } from './task-counter.ts';
import { progressText } from './task-progress.ts';

/** What is known of a job before AWS has said anything. */
export const UNANSWERED = 'AWS has not answered';

/** Watches the row of a job that need not be there yet, and shows how far its tasks are. */
export class Watch {
  /** What is known of the job by now. */
  known = UNANSWERED;
  readonly #rows: NotificationRows;
  readonly #id: string;
  readonly #line: StatusLine;
  readonly #asking: Asking;
  readonly #tasks: TaskCounter;
  readonly #begin = performance.now();

  constructor(rows: NotificationRows, id: string, line: StatusLine, asking: Asking) {
    this.#rows = rows;
    this.#id = id;
    this.#line = line;
    this.#asking = asking;
    this.#tasks = new TaskCounter(() => rows.countTasks(id), line.leastPause);
  }

  /**
   * The row of the job's stop.
   *
   * @param onEarlier whether a stop that is there at the first look is one of an earlier run, after which
   *   the job was resumed: if so, only another counts
   */
  async untilStopped(onEarlier: (stop: JobSummary) => boolean): Promise<JobSummary> {
    let row = await this.#asking.answer(() => this.#rows.job(this.#id));
    const earlier = isStop(row) && onEarlier(row) ? row : undefined;
    // A row only ever changes to a newer notification, whatever makes it newer.
    while (!isStop(row) || (earlier && row.sent === earlier.sent)) {
      const counts = await this.#asking.answer(() => this.#tasks.counts());
      this.known = progressText(counts, row?.tasks);
      this.#line.show(this.known, span(performance.now() - this.#begin));
      await this.#asking.pause();
      row = await this.#asking.answer(() => this.#rows.job(this.#id));
    }
    return row;
  }
}
