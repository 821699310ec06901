import type { Transition } from '../../../shared/history-entry.ts';
import type { HistoryEntries } from '../../aws/history-entries.ts';
import type { NotificationRows } from '../../aws/notification-rows.ts';
import type { JobSummary } from '../../aws/row-summary.ts';
import type { StackOutputs } from '../../aws/stack-outputs.ts';
import { AskedFor } from './asked-for.ts';
import { type Farm, failedTasks, farmOverview } from './farm-overview.ts';
import { FarmPoller } from './farm-poller.ts';
import type { BoardStatus, FarmState, JobState, JobsState, WorkersState } from './farm-state.ts';
import { FarmTables } from './farm-tables.ts';
import { jobAnswer } from './job-answer.ts';
import { type JobsQuery, jobsAnswer } from './jobs-answer.ts';
import { LookLoop } from './look-loop.ts';
import { failedTasksByJob } from './stopped-job.ts';
import { type FeedFilter, TransitionFeed } from './transition-feed.ts';
import { TransitionLog } from './transition-log.ts';
import { type Trouble, troubleOf } from './trouble.ts';
import { workerLines } from './worker-tally.ts';

const HOUR = 3_600_000;
/** The span of a list that names none, and the longest of the overview, in hours. */
const [USUAL_HOURS, MOST_HOURS] = [12, 168];

/** What the board's state is read with. */
export interface BoardParts {
  readonly rows: NotificationRows;
  /** `undefined` where the history is off. */
  readonly history: HistoryEntries | undefined;
  readonly stack: StackOutputs;
  readonly stackName: string;
  readonly region: string;
  /** The time by AWS's clock, in ms since the epoch. */
  readonly now: () => number;
  readonly unitsPerHour?: () => number;
  /** Sentences that hold whatever the lamp. */
  readonly notes?: () => readonly string[];
  /** Why a look failed. */
  readonly diagnose?: (error: unknown) => Promise<Trouble>;
  /** Waits between looks. */
  readonly sleep?: (ms: number, signal: AbortSignal) => Promise<unknown>;
}

/** What the board knows, for all its clients: reads of the tables what changed, as often as someone looks. */
export class BoardState {
  readonly #parts: BoardParts;
  readonly #tables: FarmTables;
  readonly #poller: FarmPoller;
  readonly #loop: LookLoop;
  readonly #asked: AskedFor;
  readonly #log = new TransitionLog();
  readonly #feeds = new Map<TransitionFeed, { readonly position: number }>();
  /** The earliest time that a list or a feed asked for, in ms since the epoch. */
  #earliest = Infinity;
  #overview: { readonly key: string; readonly farm: Omit<FarmState, 'status'> } | undefined;
  #lastFailure: Promise<number | undefined> | undefined;

  constructor(parts: BoardParts) {
    const { rows, history, stack, now, sleep } = parts;
    const hasRendering = stack.Rendering === 'on';
    this.#parts = parts;
    this.#asked = new AskedFor(now);
    this.#asked.addHours(USUAL_HOURS);
    this.#tables = new FarmTables(rows, hasRendering, now);
    this.#poller = new FarmPoller({
      ...{ rows, hasRendering, now, tables: this.#tables },
      ...{ entries: history, level: stack.History },
    });
    this.#loop = new LookLoop({
      look: () => this.#look(),
      diagnose: parts.diagnose ?? ((error) => troubleOf(error, async () => UNKNOWN_RENEWAL)),
      ...{ now, sleep },
      hasListeners: () => this.#feeds.size > 0,
    });
  }

  /** The overview of the last hours: 1 to 168. */
  async farm(hours: number): Promise<FarmState> {
    const span = within(hours);
    await this.#loop.fresh(this.#asked.addHours(span));
    const key = `${this.#loop.version} ${span}`;
    if (this.#overview?.key !== key) {
      const farm = farmOverview(this.#farm(span));
      this.#overview = { key, farm };
    }
    const { farm } = this.#overview;
    const lastFailure = farm.lastFailure ?? (await this.#failureBefore(farm.since));
    return { status: this.#status(), ...farm, lastFailure: lastFailure ?? null };
  }

  /** A page of the jobs that stopped. */
  async jobs(query: JobsQuery): Promise<JobsState> {
    const { since = this.#parts.now() - USUAL_HOURS * HOUR } = query;
    await this.#loop.fresh(this.#reach(since));
    const { jobs, failed, failedSince } = this.#tables;
    const failures = failedTasksByJob(failed.values(), failedSince);
    const answer = jobsAnswer(jobs.values(), { ...query, since }, failures);
    const notes = this.#tables.isCut(since) ? [CUT] : [];
    return { status: this.#status(notes), ...answer };
  }

  /** A job's page; `undefined` if nothing is stored of it. */
  async job(id: string): Promise<JobState | undefined> {
    await this.#loop.fresh(this.#asked.addJob(id));
    const followed = this.#poller.jobs.get(id);
    const status = this.#status();
    // Without an answer of AWS, it is not known that there is none.
    if (!followed?.isKnown && status.lamp === 'live') return undefined;
    const { row, tasks, history } = followed ?? {};
    const answer = await jobAnswer({
      ...{ id, row, tasks: [...(tasks?.rows.values() ?? [])] },
      history: history && { transitions: history.log.from(0), moments: history.moments },
    });
    return { status, ...answer };
  }

  /** What each worker did in the last hours: 1 to 168. */
  async workers(hours: number): Promise<WorkersState> {
    const span = within(hours);
    await this.#loop.fresh(this.#asked.addHours(span));
    const farm = this.#farm(span);
    const { since, until } = farm;
    const workers = workerLines({ ...farm, failed: failedTasks(farm) });
    return { status: this.#status(), since, until, workers };
  }

  /** Gives each transition once, as it comes. */
  feed(filter: FeedFilter, onTransition: (transition: Transition) => void): Disposable {
    const feed = new TransitionFeed(filter, onTransition);
    this.#feeds.set(feed, { position: this.#log.end });
    const { job, since } = filter;
    if (job !== undefined) this.#asked.addJob(job);
    const isOfHistory = job !== undefined && this.#parts.history !== undefined;
    if (since !== undefined && !isOfHistory) this.#reach(since);
    // It begins at the end of a look.
    void this.#loop.fresh(true);
    return { [Symbol.dispose]: () => void this.#feeds.delete(feed) };
  }

  /** Looks at once. */
  look(): Promise<void> {
    return this.#loop.look();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#feeds.clear();
    await this.#loop[Symbol.asyncDispose]();
  }

  async #look(): Promise<void> {
    for (const { filter } of this.#feeds.keys()) {
      if (filter.job !== undefined) this.#asked.addJob(filter.job);
    }
    const since = Math.min(this.#asked.since(), this.#earliest);
    const news = await this.#poller.look({
      ...{ since, toldSince: this.#asked.since(), open: this.#asked.jobs() },
    });
    this.#log.add(news);
    for (const [feed, { position }] of this.#feeds) this.#give(feed, position);
  }

  #give(feed: TransitionFeed, position: number): void {
    const { job } = feed.filter;
    const history = job === undefined ? undefined : this.#poller.jobs.get(job)?.history;
    if (feed.hasBegun) {
      feed.give();
    } else if (history === undefined) {
      feed.begin(this.#log, position, (since) => this.#tables.transitions(since));
    } else {
      feed.begin(history.log, history.log.end, (since) =>
        history.log.from(0).filter(({ at }) => Date.parse(at) >= since),
      );
    }
  }

  /** @returns whether that is farther back than before */
  #reach(since: number): boolean {
    const isWider = since < Math.min(this.#earliest, this.#asked.since());
    this.#earliest = Math.min(this.#earliest, since);
    return isWider;
  }

  #farm(hours: number): Farm {
    const { jobs, failed, failedSince, rendering } = this.#tables;
    const { stack, now } = this.#parts;
    const until = now();
    return {
      ...{ since: until - hours * HOUR, until, jobs, failed, failedSince },
      jobOf: (id: string): JobSummary | undefined => this.#tables.jobOf(id),
      rendering: stack.Rendering === 'on' ? rendering : undefined,
      tasksOf: (id) => this.#poller.jobs.get(id)?.tasks,
      level: stack.History,
      moments: [...this.#poller.jobs.values()].map(({ history }) => history?.moments ?? []),
    };
  }

  /** When something last failed before a time. Asks once: what fails later is known. */
  #failureBefore(since: number): Promise<number | undefined> {
    this.#lastFailure ??= lastOf(this.#parts.rows, since).catch(() => {
      this.#lastFailure = undefined;
      return undefined;
    });
    return this.#lastFailure;
  }

  #status(notes: readonly string[] = []): BoardStatus {
    const { stack, stackName, region, now, unitsPerHour, notes: general } = this.#parts;
    const [, account = null] = /\/(\d{12})\//.exec(stack.QueueUrl) ?? [];
    return {
      ...this.#loop.connection.status,
      newest: this.#tables.newest ?? null,
      unitsPerHour: unitsPerHour?.() ?? 0,
      notes: [...(general?.() ?? []), ...notes],
      ...{ account, region, stack: stackName },
      history: stack.History,
      rendering: stack.Rendering,
      now: now(),
    };
  }
}

const CUT = 'There are more jobs: only the newest 10,000 are shown. Choose a shorter time.';

const UNKNOWN_RENEWAL = {
  sentence: 'The AWS credentials expired. Renew them in any terminal; the board goes on by itself.',
  command: null,
};

function within(hours: number): number {
  return Math.min(MOST_HOURS, Math.max(1, hours || USUAL_HOURS));
}

async function lastOf(rows: NotificationRows, until: number): Promise<number | undefined> {
  for await (const { sent } of rows.failedTasks({ since: 0, until })) return sent;
  return undefined;
}
