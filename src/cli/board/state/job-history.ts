import {
  entryToTransition,
  type HistoryEntry,
  type Transition,
} from '../../../shared/history-entry.ts';
import { parseTimeSpan } from '../../../shared/run-time.ts';
import type { HistoryEntries } from '../../aws/history-entries.ts';
import { timeOf } from '../../history/entry-summary.ts';
import type { TriedTask } from '../../history/task-tries.ts';
import { LOOK_BACK } from '../../watch/seen-rows.ts';
import { LookPace } from './look-pace.ts';
import { TransitionLog } from './transition-feed.ts';

/** Transitions that are held of a job that someone looks at. */
const MOST = 100_000;

/** What an entry of a task says, in little memory. */
export interface TaskMoment extends TriedTask {
  /** In ms since the epoch. */
  readonly at: number;
  readonly isRequeue: boolean;
}

/** A job's entries of the history: all are read once, then what is new. */
export class JobHistory {
  /** Of all entries of tasks, in the order in which they came to be known: first those of before, by time. */
  readonly moments: TaskMoment[] = [];
  /** The transitions in the same order; `undefined` until they are read, and if nobody looks at the job. */
  log: TransitionLog | undefined;
  readonly #entries: HistoryEntries;
  readonly #job: string;
  #withLog: boolean;
  readonly #now: () => number;
  readonly #pace: LookPace;
  /** When each entry was that may be read again, by its key, in ms since the epoch. */
  readonly #seen = new Map<string, number>();
  #isRead = false;
  #newest = -Infinity;
  /** When something last changed, as far as is known. */
  #touched: number;
  #looked = -Infinity;

  /** @param now the time in ms since the epoch */
  constructor(entries: HistoryEntries, job: string, now: () => number, withLog: boolean) {
    this.#entries = entries;
    this.#job = job;
    this.#withLog = withLog;
    this.#now = now;
    this.#pace = new LookPace(now);
    this.#touched = now();
  }

  /** Whether it was read, and has none. */
  get isEmpty(): boolean {
    return this.#newest === -Infinity;
  }

  /** Whether it has, or is to have, the transitions themselves. */
  get hasLog(): boolean {
    return this.#withLog;
  }

  /** Lets the transitions go. */
  dropLog(): void {
    this.#withLog = false;
    this.log = undefined;
  }

  /** Tells that the job's rows changed: its entries did, too, or will soon. */
  touch(): void {
    this.#touched = this.#now();
  }

  /** Whether there may be new entries: of changes just now, or late ones. */
  get isDue(): boolean {
    if (!this.#isRead || this.#touched > this.#looked) return true;
    return this.#pace.isFar && this.#looked - this.#touched < LOOK_BACK;
  }

  /** Reads what is new, oldest first; at first all. */
  async look(): Promise<readonly Transition[]> {
    const looked = this.#now();
    const from = this.#pace.begin();
    const read = this.#isRead
      ? this.#entries.ofJobSince(this.#job, from)
      : this.#entries.ofJob(this.#job);
    const added: HistoryEntry[] = [];
    for await (const entry of read) if (!this.#seen.has(entry.at)) added.push(entry);
    for (const entry of added) {
      const { at: key } = entry;
      const at = timeOf(entry) ?? Infinity;
      this.#seen.set(key, at);
      this.#newest = Math.max(this.#newest, Math.min(at, looked));
      const moment = momentOf(entry);
      if (moment) this.moments.push(moment);
    }
    this.#isRead = true;
    this.#looked = looked;
    this.#pace.end(this.#newest);
    for (const [key, at] of this.#seen) if (at < this.#pace.farFrom) this.#seen.delete(key);
    const job = this.#job; // an entry may have a shortened one
    const transitions = added.map((entry) => ({ ...entryToTransition(entry), job }));
    if (this.log) this.log.add(transitions);
    else if (this.#withLog) this.log = new TransitionLog(MOST, transitions);
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
