import { chunks } from '../../../shared/chunks.ts';
import type { Transition } from '../../../shared/history-entry.ts';
import type { HistoryLevel } from '../../../shared/setting-values.ts';
import type { HistoryEntries } from '../../aws/history-entries.ts';
import type { NotificationRows } from '../../aws/notification-rows.ts';
import type { FarmTables } from './farm-tables.ts';
import { FollowedJob, type IndexedJob } from './followed-job.ts';

/** Jobs that are read at once. */
const AT_ONCE = 8;
/** Jobs that render of which tasks are read for the overview, at most. */
const MOST_RENDERING_JOBS = 30;

/** What is asked for. */
export interface Wanted {
  /** The earliest time of which jobs are asked for, in ms since the epoch. */
  readonly since: number;
  /** The time since which more is told of jobs: what their history has. */
  readonly toldSince: number;
  /** The jobs that someone looks at. */
  readonly open: ReadonlySet<string>;
}

/** Where a poller reads. */
export interface PollerParts {
  readonly tables: FarmTables;
  readonly rows: NotificationRows;
  /** `undefined` where the history is off. */
  readonly entries: HistoryEntries | undefined;
  readonly level: HistoryLevel;
  readonly hasRendering: boolean;
  /** In ms since the epoch. */
  readonly now: () => number;
}

/** Looks at the tables once for all clients: at the indexes, and at the jobs that more is told of. */
export class FarmPoller {
  /** By id. */
  readonly jobs = new Map<string, FollowedJob>();
  readonly #parts: PollerParts;

  constructor(parts: PollerParts) {
    this.#parts = parts;
  }

  /**
   * Reads what changed.
   *
   * @param onNews gets what is new in the indexes, oldest first
   */
  async look(
    { since, toldSince, open }: Wanted,
    onNews: (news: readonly Transition[]) => void,
  ): Promise<void> {
    const { tables, rows, entries, now, level, hasRendering } = this.#parts;
    onNews(await tables.look(since));
    const marks = this.#marks();
    const rendering = new Set(tables.rendering.values().map(({ job }) => job));
    const withTasks = new Set([...rendering].slice(0, MOST_RENDERING_JOBS));
    const told = entries === undefined ? [] : [...changedSince(tables, toldSince), ...rendering];
    const followed = new Set([...open, ...withTasks, ...told]);
    for (const id of this.jobs.keys()) if (!followed.has(id)) this.jobs.delete(id);
    const areMost = hasRendering || level === 'all';
    for (const some of chunks([...followed], AT_ONCE)) {
      await Promise.all(
        some.map((id) => {
          const job = this.jobs.get(id) ?? new FollowedJob(rows, entries, id, now);
          this.jobs.set(id, job);
          const indexed = { row: tables.jobOf(id), marks: marks.get(id) ?? NO_MARKS };
          return job.look(indexed, { isOpen: open.has(id), withTasks: withTasks.has(id), areMost });
        }),
      );
    }
  }

  /** What indexes have of tasks, by job. */
  #marks(): ReadonlyMap<string, Map<number | string, string>> {
    const { failed, rendering } = this.#parts.tables;
    const marks = new Map<string, Map<number | string, string>>();
    for (const { job, task, status, sent } of [...failed.values(), ...rendering.values()]) {
      const own = marks.get(job) ?? new Map();
      marks.set(job, own.set(task, `${own.get(task) ?? ''} ${status} ${sent}`));
    }
    return marks;
  }
}

const NO_MARKS: IndexedJob['marks'] = new Map();

/** The jobs that stopped, or of which a task failed, at a time or later. */
function changedSince({ jobs, failed }: FarmTables, since: number): string[] {
  const changed = [...jobs.values(), ...failed.values()].filter(({ sent = 0 }) => sent >= since);
  return changed.map(({ job }) => job);
}
