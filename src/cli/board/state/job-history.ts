import {
  entryToTransition,
  type HistoryEntry,
  type Transition,
} from '../../../shared/history-entry.ts';
import { parseTimeSpan } from '../../../shared/run-time.ts';
import type { HistoryEntries } from '../../aws/history-entries.ts';
import { timeOf } from '../../history/entry-summary.ts';
import type { TriedTask } from '../../history/task-tries.ts';
import { LOOK_BACK, SeenRows } from '../../watch/seen-rows.ts';
import { TransitionLog } from './transition-log.ts';

/** How far most looks read again, in ms: Deadline sends once a minute, in any order. */
const BURST = 2 * 60_000;
/** How often a look reads as far back as entries may come late, in ms. */
const FAR_LOOKS = 60_000;

/** What an entry of a task says, in little memory. */
export interface TaskMoment extends TriedTask {
  /** In ms since the epoch. */
  readonly at: number;
  readonly isRequeue: boolean;
}

/** A job's entries of the history: all are read once, then what is new. */
export class JobHistory {
  /** In the order in which they came to be known: first those of before, by time. */
  readonly log = new TransitionLog();
  /** Of all entries of tasks, in the same order. */
  readonly moments: TaskMoment[] = [];
  readonly #entries: HistoryEntries;
  readonly #job: string;
  readonly #now: () => number;
  readonly #seen: SeenRows;
  #isRead = false;
  #lookedFar = -Infinity;
  /** When something last changed, as far as is known. */
  #touched: number;
  #looked = -Infinity;

  /** @param now the time in ms since the epoch */
  constructor(entries: HistoryEntries, job: string, now: () => number) {
    this.#entries = entries;
    this.#job = job;
    this.#now = now;
    this.#seen = new SeenRows(LOOK_BACK, now);
    this.#touched = now();
  }

  /** Tells that the job's rows changed: its entries did, too, or will soon. */
  touch(): void {
    this.#touched = this.#now();
  }

  /** Whether there may be new entries: of changes just now, or late ones. */
  get isDue(): boolean {
    if (!this.#isRead || this.#touched > this.#looked) return true;
    return this.#now() - this.#looked >= FAR_LOOKS && this.#looked - this.#touched < LOOK_BACK;
  }

  /** Reads what is new, oldest first; at first all. */
  async look(): Promise<readonly Transition[]> {
    const now = this.#now();
    const isFar = now - this.#lookedFar >= FAR_LOOKS;
    const since = this.#seen.oldest + (isFar ? 0 : LOOK_BACK - BURST);
    const read = this.#isRead
      ? this.#entries.ofJobSince(this.#job, since)
      : this.#entries.ofJob(this.#job);
    const added: HistoryEntry[] = [];
    for await (const entry of read) {
      const version = { sent: timeOf(entry), at: entry.at };
      if (this.#isRead && this.#seen.has(version)) continue;
      this.#seen.add(version);
      added.push(entry);
    }
    this.#isRead = true;
    this.#looked = now;
    if (isFar) this.#lookedFar = now;
    for (const entry of added) {
      const moment = momentOf(entry);
      if (moment) this.moments.push(moment);
    }
    const transitions = added.map(entryToTransition);
    this.log.add(transitions);
    return transitions;
  }
}

function momentOf(entry: HistoryEntry): TaskMoment | undefined {
  const { task, transition, worker, renderTime, errors } = entry;
  const at = timeOf(entry);
  if (task === undefined || at === undefined) return undefined;
  return {
    ...{ at, task, worker, errors },
    isStart: transition === 'task-started',
    isRequeue: transition === 'task-requeued',
    ran: parseTimeSpan(renderTime),
  };
}
