import type { HistoryEntries } from '../../aws/history-entries.ts';
import type { NotificationRows } from '../../aws/notification-rows.ts';
import type { JobSummary } from '../../aws/row-summary.ts';
import { JobHistory } from './job-history.ts';
import { JobTasks } from './job-tasks.ts';

/** Tasks that are held of a job that someone looks at, and of another that renders. */
const [MOST_TASKS, MOST_TASKS_UNSEEN] = [100_000, 4_000];

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
  readonly history: JobHistory | undefined;
  /** Its row, if it ever stopped. */
  row: JobSummary | undefined;
  readonly #rows: NotificationRows;
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
    this.history = entries && new JobHistory(entries, id, now);
  }

  /** `undefined` if they were not read. */
  get tasks(): Pick<JobTasks, 'rows' | 'isWhole'> | undefined {
    return this.#tasks;
  }

  /** Whether anything is stored of it. */
  get isKnown(): boolean {
    const isTold = (this.history?.log.end ?? 0) > 0;
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
    const isHistoryDue = this.history && (isOpen || this.history.isDue);
    const news = isHistoryDue ? await this.history.look() : [];
    if (!isOpen && !withTasks) return;
    if (this.#tasks === undefined || (isOpen && !this.#wasOpen && !this.#tasks.isWhole)) {
      const most = isOpen ? MOST_TASKS : MOST_TASKS_UNSEEN;
      this.#tasks = new JobTasks(this.#rows, this.#id, most, this.#now);
    }
    this.#wasOpen = isOpen;
    const told = news.map(({ task }) => task).filter((task) => task !== null);
    await this.#tasks.look({ marks, told, areMost }, isOpen);
  }
}
