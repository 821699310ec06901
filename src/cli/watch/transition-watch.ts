import type { HistoryEntry } from '../../shared/history-entry.ts';
import { FAILED } from '../../shared/indexes.ts';
import type { HistoryEntries } from '../aws/history-entries.ts';
import type { NotificationRows } from '../aws/notification-rows.ts';
import type { JobSummary, TaskSummary } from '../aws/row-summary.ts';
import { isOfJob, jobOfEntry, taskOfEntry, timeOf } from '../history/entry-summary.ts';
import { type FailedTasks, type FarmEvent, failedTasks } from './farm-event.ts';
import { LOOK_BACK, SeenRows } from './seen-rows.ts';

/** How far every look reads again, in ms: Deadline sends once a minute, and what it sends comes in any order. */
const BURST = 2 * 60_000;
/** How often a look reads all of `LOOK_BACK` again, in ms: few entries come so late, and all are paid for. */
const FAR_LOOKS = 60_000;

/** What a watch of a job's history shows. */
export interface TransitionWatchOptions {
  /** Only what happened at this time (ms since the epoch) or later; what comes from now on if it is not set. */
  readonly since?: number | undefined;
  /** Whether a failed job is shown with its failed tasks. */
  readonly withFailedTasks?: boolean;
}

/**
 * Shows what becomes of a job and its tasks, from the history: each transition once. Entries are in the order of the
 * notifications' own times, and may come late: up to ten minutes, they are shown within a minute.
 */
export class TransitionWatch {
  readonly #entries: HistoryEntries;
  readonly #rows: NotificationRows;
  readonly #job: string;
  readonly #options: TransitionWatchOptions;
  readonly #now: () => number;
  readonly #seen: SeenRows;
  /** When all of `LOOK_BACK` was last read, in ms since the epoch. */
  #lookedFar = -Infinity;
  /** The job as it last stopped, if it did. */
  #stopped: JobSummary | undefined;

  /** @param now the time in ms since the epoch */
  constructor(
    entries: HistoryEntries,
    rows: NotificationRows,
    job: string,
    options: TransitionWatchOptions = {},
    now: () => number = Date.now,
  ) {
    this.#entries = entries;
    this.#rows = rows;
    this.#job = job;
    this.#options = options;
    this.#now = now;
    this.#seen = new SeenRows(LOOK_BACK, now);
  }

  /** Unless there is a time from which on to show, takes what the history has by now as seen. */
  async begin(): Promise<void> {
    this.#stopped = await this.#rows.job(this.#job);
    if (this.#options.since !== undefined) return;
    for await (const entry of this.#entries.newestOfJob(this.#job)) {
      const version = versionOf(entry);
      if (version.sent !== undefined && version.sent < this.#seen.oldest) return;
      this.#seen.add(version);
    }
  }

  /** Shows what is new, oldest first. If a read fails, what was not shown is new in the next look. */
  async look(show: (event: FarmEvent) => void): Promise<void> {
    const now = this.#now();
    const isFar = now - this.#lookedFar >= FAR_LOOKS;
    const oldest = this.#seen.oldest + (isFar ? 0 : LOOK_BACK - BURST);
    const since = Math.max(this.#options.since ?? 0, oldest);
    const changed = new Map<number | string, TaskSummary>();
    for await (const entry of this.#entries.ofJobSince(this.#job, since)) {
      const version = versionOf(entry);
      if (this.#seen.has(version)) continue;
      if (isOfJob(entry)) {
        show(await this.#stop(jobOfEntry(entry), changed));
      } else {
        const task = taskOfEntry(entry);
        changed.set(task.task, task);
        show({ task, job: this.#stopped });
      }
      this.#seen.add(version);
    }
    if (isFar) this.#lookedFar = now;
  }

  /** @param changed tasks whose entries are new: their rows are written after them */
  async #stop(
    job: JobSummary,
    changed: ReadonlyMap<number | string, TaskSummary>,
  ): Promise<FarmEvent> {
    const failed =
      this.#options.withFailedTasks && job.status === FAILED
        ? await this.#failedTasks(changed)
        : undefined;
    const { group, priority } = (await this.#rows.job(this.#job)) ?? {};
    this.#stopped = { ...job, group, priority };
    return { job: this.#stopped, failed };
  }

  async #failedTasks(changed: ReadonlyMap<number | string, TaskSummary>): Promise<FailedTasks> {
    const tasks = new Map<number | string, TaskSummary>();
    for await (const row of this.#rows.namedTasks(this.#job)) tasks.set(row.task, row);
    for (const [id, task] of changed) tasks.set(id, task);
    return failedTasks([...tasks.values()].filter(({ status }) => status === FAILED));
  }
}

/** What tells an entry from others; two at the same time are two. */
function versionOf(entry: HistoryEntry) {
  return { sent: timeOf(entry), at: entry.at };
}
