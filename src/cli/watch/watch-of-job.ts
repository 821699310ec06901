import type { HistoryLevel } from '../../shared/setting-values.ts';
import { isRecorded, transitionOf } from '../../shared/transitions.ts';
import type { HistoryEntries } from '../aws/history-entries.ts';
import type { NotificationRows } from '../aws/notification-rows.ts';
import type { JobSummary } from '../aws/row-summary.ts';
import type { TaskCounts } from '../task-states.ts';
import { type FarmEvent, sentTime } from './farm-event.ts';
import { TaskWatch, type TaskWatchOptions } from './task-watch.ts';
import { TransitionWatch, type TransitionWatchOptions } from './transition-watch.ts';

/** Where the history of a job is, and which transitions it has. */
export interface History {
  readonly entries: HistoryEntries;
  readonly level: HistoryLevel;
}

/** Shows what becomes of a job and its tasks: from the history what that has, and the rest from their rows. */
export class WatchOfJob {
  /** The tasks by status when the watch began. */
  counts: TaskCounts = new Map();
  /** The job's row when the watch began; it has none until it first stops. */
  row: JobSummary | undefined;
  readonly #rows: NotificationRows;
  readonly #job: string;
  readonly #level: HistoryLevel;
  readonly #transitions: TransitionWatch | undefined;
  readonly #tasks: TaskWatch | undefined;
  /** What was read, but not shown. */
  #events: FarmEvent[] = [];

  /** @param history `undefined` if it is off */
  constructor(
    rows: NotificationRows,
    history: History | undefined,
    job: string,
    options: TaskWatchOptions & TransitionWatchOptions,
  ) {
    this.#rows = rows;
    this.#job = job;
    this.#level = history?.level ?? 'off';
    this.#transitions = history && new TransitionWatch(history.entries, rows, job, options);
    this.#tasks = this.#level === 'all' ? undefined : new TaskWatch(rows, job, options);
  }

  async begin(): Promise<void> {
    await this.#transitions?.begin();
    await this.#tasks?.begin();
    this.row = this.#tasks ? this.#tasks.row : await this.#rows.job(this.#job);
    this.counts = this.#tasks?.counts ?? (await this.#rows.countTasks(this.#job));
  }

  /** Shows what is new, oldest first. If a read fails, what was not shown is new in the next look. */
  async look(show: (event: FarmEvent) => void): Promise<void> {
    await this.#transitions?.look((event) => this.#events.push(event));
    await this.#tasks?.look((event) => {
      if (!isRecordedAt(this.#level, event)) this.#events.push(event);
    });
    const events = this.#events.sort((one, other) => sentTime(one) - sentTime(other));
    this.#events = [];
    for (const event of events) show(event);
  }
}

/** Whether the history has the transition that a row tells of. */
function isRecordedAt(level: HistoryLevel, { task, job }: FarmEvent): boolean {
  const transition = task
    ? transitionOf({ kind: 'task', name: task.notification ?? '', status: task.status })
    : transitionOf({ kind: 'job', name: job.notification ?? '', status: job.deadlineStatus });
  return transition !== undefined && isRecorded(transition, level);
}
