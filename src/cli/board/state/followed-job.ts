import type { Transition } from '../../../shared/history-entry.ts';
import type { HistoryEntries } from '../../aws/history-entries.ts';
import type { NotificationRows } from '../../aws/notification-rows.ts';
import type { JobSummary } from '../../aws/row-summary.ts';
import { JobHistory } from './job-history.ts';
import { JobTasks } from './job-tasks.ts';

/** Tasks that are held of a job that someone looks at, and of another that renders. */
const [MOST_TASKS, MOST_TASKS_UNSEEN] = [100_000, 4_000];

/** How long after its time an entry's row may be written, in ms: the entry is written first. */
const RECENT = 2 * 60_000;

/** What the indexes have of a job. */
export interface IndexedJob {
  readonly row: JobSummary | undefined;
  /** By task id, a text that changes with its row. */
  readonly marks: ReadonlyMap<number | string, string>;
}

/** How closely a job is followed. */
export interface Attention {
  /** Whether someone looks at the job itself. */
  readonly isOpen: boolean;
  readonly withTasks: boolean;
  /** Whether indexes or the history tell of most changes of tasks. */
  readonly areMost: boolean;
}

/** A job of which more is read than the indexes have: its tasks, and its history where that is on. */
export class FollowedJob {
  /** `undefined` where the history is off. */
  history: JobHistory | undefined;
  /** Its row, if it ever stopped. */
  row: JobSummary | undefined;
  readonly #rows: NotificationRows;
  readonly #entries: HistoryEntries | undefined;
  readonly #id: string;
  readonly #now: () => number;
  #tasks: JobTasks | undefined;
  #wasOpen = false;
  #isRowRead = false;
  #mark = '';

  /** @param now the time in ms since the epoch */
  constructor(
    rows: NotificationRows,
    entries: HistoryEntries | undefined,
    id: string,
    now: () => number,
  ) {
    this.#rows = rows;
    this.#id = id;
    this.#now = now;
    this.#entries = entries;
  }

  /** `undefined` if they were not read. */
  get tasks(): Pick<JobTasks, 'rows' | 'isWhole'> | undefined {
    return this.#tasks;
  }

  /** Whether anything is stored of it. */
  get isKnown(): boolean {
    const isTold = this.history?.isEmpty === false;
    return this.row !== undefined || (this.#tasks?.rows.size ?? 0) > 0 || isTold;
  }

  /** Reads what changed. */
  async look({ row, marks }: IndexedJob, attention: Attention): Promise<void> {
    const { isOpen, withTasks, areMost } = attention;
    const mark = JSON.stringify([row?.sent, row?.status, [...marks].sort()]);
    if (mark !== this.#mark) this.history?.touch();
    this.#mark = mark;
    if (row !== undefined) this.row = row;
    else if (isOpen && !this.#isRowRead) this.row = await this.#rows.job(this.#id);
    this.#isRowRead ||= isOpen;
    const news = await this.#readHistory(isOpen);
    if (!isOpen && !withTasks) return;
    if (this.#tasks === undefined || (isOpen && !this.#wasOpen && !this.#tasks.isWhole)) {
      const most = isOpen ? MOST_TASKS : MOST_TASKS_UNSEEN;
      this.#tasks = new JobTasks(this.#rows, this.#id, most, this.#now);
    }
    this.#wasOpen = isOpen;
    const told = news.map(({ task }) => task).filter((task) => task !== null);
    await this.#tasks.look({ marks, told, areMost }, isOpen);
  }

  /** @returns entries of which rows may not be read yet */
  async #readHistory(isOpen: boolean): Promise<readonly Transition[]> {
    if (this.#entries === undefined) return [];
    if (!isOpen) this.history?.dropLog();
    if (this.history === undefined || (isOpen && !this.history.hasLog)) {
      const history = new JobHistory(this.#entries, this.#id, this.#now, isOpen);
      const all = await history.look();
      this.history = history;
      return all.filter(({ at }) => Date.parse(at) >= this.#now() - RECENT);
    }
    return isOpen || this.history.isDue ? this.history.look() : [];
  }
}
