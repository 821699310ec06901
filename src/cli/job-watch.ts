import { setTimeout } from 'node:timers/promises';
import { JOB_STOPPED } from '../shared/transitions.ts';
import type { StatusLine } from '../terminal/status-line.ts';
import { span } from '../terminal/time.ts';
import type { NotificationRows } from './aws/notification-rows.ts';
import type { RetryUntilAnswered } from './aws/retry-until-answered.ts';
import type { JobSummary } from './aws/row-summary.ts';
import {
  type Contradiction,
  findContradiction,
  saysCompleted,
  unfinishedText,
} from './contradiction.ts';
import { COMPLETED } from './status.ts';
import { progressText, TaskCounter } from './task-progress.ts';

/** How a watch passes the time, in ms. */
export interface Pace {
  /** Pause between reads of the job's row, each of one read unit per 4 KB. */
  readonly poll: number;
  /**
   * How long the tasks of a completed job are read again if they contradict it. Deadline sends once a minute
   * and SQS delivers in any order, so the last tasks may arrive after their job.
   */
  readonly patience: number;
}

const PACE: Pace = { poll: 2_000, patience: 30_000 };

/** Which stops end a watch. */
export interface StopRules {
  /** Only those that SQS received at this time (ms since the epoch) or later. */
  readonly since?: number;
  /** Completed jobs, too, whose tasks contradict them. */
  readonly ignoreTasks?: boolean;
}

/** How a job stopped. */
export interface JobEnd {
  readonly stop: JobSummary;
  /** Tasks that are not completed, although the job is. */
  readonly contradiction: Contradiction | undefined;
}

/** The known progress before AWS has answered. */
export const UNANSWERED = 'AWS has not answered';

/** Watches the row of a job, which need not exist yet, and shows the progress of its tasks. */
export class JobWatch {
  /** What is known about the tasks of the job so far. */
  progress = UNANSWERED;
  /** The stop of a completed job whose tasks are being read; its contradiction, once they were. */
  completed: JobEnd | undefined;
  readonly #rows: NotificationRows;
  readonly #id: string;
  readonly #line: StatusLine;
  readonly #signal: AbortSignal;
  readonly #retryUntilAnswered: RetryUntilAnswered;
  readonly #tasks: TaskCounter;
  readonly #pace: Pace;
  readonly #begin = performance.now();
  /** When the tasks have had the time to agree with the job, in terms of `performance.now()`. */
  #patience = 0;

  constructor(
    rows: NotificationRows,
    id: string,
    line: StatusLine,
    retryUntilAnswered: RetryUntilAnswered,
    signal: AbortSignal,
    pace = PACE,
  ) {
    this.#rows = rows;
    this.#id = id;
    this.#line = line;
    this.#signal = signal;
    this.#retryUntilAnswered = retryUntilAnswered;
    this.#tasks = new TaskCounter(() => rows.countTasks(id), line.leastPause);
    this.#pace = pace;
  }

  /**
   * Waits until the job stops and, if it is completed, until its tasks agree or have had the time to. A newer
   * row of the job counts in place of an older one.
   *
   * @param onEarlier called once for each stop that was sent too early to count
   */
  async untilStopped(
    { since = 0, ignoreTasks = false }: StopRules,
    onEarlier: (stop: JobSummary) => void,
  ): Promise<JobEnd> {
    let earlier: JobSummary | undefined;
    for (;;) {
      const row = await this.#retryUntilAnswered(() => this.#rows.job(this.#id));
      if (isStop(row) && sentTime(row) >= since) {
        if (ignoreTasks || !saysCompleted(row)) return { stop: row, contradiction: undefined };
        const end = await this.#checkTasks(row);
        if (end !== undefined) return end;
        continue;
      }
      if (isStop(row) && !isSame(row, earlier)) {
        earlier = row;
        onEarlier(row);
      }
      this.completed = undefined;
      const counts = await this.#retryUntilAnswered(() => this.#tasks.counts());
      this.progress = progressText(counts, row?.tasks);
      this.#show(this.progress);
      await this.#pause(this.#pace.poll);
    }
  }

  /** Reads the tasks of a completed job. If they contradict it, pauses, unless they have had the time to agree. */
  async #checkTasks(stop: JobSummary): Promise<JobEnd | undefined> {
    if (!isSame(stop, this.completed?.stop)) {
      this.completed = { stop, contradiction: undefined };
      this.#patience = performance.now() + this.#pace.patience;
    }
    const begin = performance.now();
    const contradiction = await this.#retryUntilAnswered(() =>
      findContradiction(this.#rows, this.#id),
    );
    const end = performance.now();
    this.completed = { stop, contradiction };
    if (contradiction === undefined || end >= this.#patience) return this.completed;
    this.#show(`${COMPLETED}, but ${unfinishedText(contradiction.tasks)}, reading again`);
    // At most half of the time goes into reading, however many tasks there are.
    const pause = Math.max(this.#pace.poll, end - begin);
    await this.#pause(Math.min(pause, this.#patience - end));
    return undefined;
  }

  #show(text: string): void {
    this.#line.show(text, span(performance.now() - this.#begin));
  }

  #pause(ms: number): Promise<void> {
    return setTimeout(ms, undefined, { signal: this.#signal });
  }
}

/** Whether a row is a stop. Deadline documents no other job notification, but may send some. */
function isStop(row: JobSummary | undefined): row is JobSummary {
  return row?.notification === JOB_STOPPED;
}

/** 0 for a row that does not say when it was sent. */
function sentTime({ sent = 0 }: JobSummary): number {
  return sent;
}

/** A row changes only to a newer notification, so another send time means another stop. */
function isSame(stop: JobSummary, before: JobSummary | undefined): boolean {
  return before !== undefined && before.sent === stop.sent;
}
