import type { Transition } from '../../../shared/history-entry.ts';
import type { HistoryEntries } from '../../aws/history-entries.ts';
import type { NotificationRows } from '../../aws/notification-rows.ts';
import type { JobSummary } from '../../aws/row-summary.ts';
import type { StackOutputs } from '../../aws/stack-outputs.ts';
import { AskedFor } from './asked-for.ts';
import { CountedJobs } from './counted-jobs.ts';
import { type Farm, failedTasks, farmOverview } from './farm-overview.ts';
import { FarmPoller } from './farm-poller.ts';
import type {
  BoardStatus,
  FarmState,
  JobState,
  JobsState,
  StatisticsState,
  WorkersState,
} from './farm-state.ts';
import { FarmTables } from './farm-tables.ts';
import { jobAnswer } from './job-answer.ts';
import { type JobsQuery, jobsAnswer } from './jobs-answer.ts';
import { LookLoop } from './look-loop.ts';
import { StatisticsAnswers, type StatisticsQuery } from './statistics-answer.ts';
import { failedTasksByJob } from './stopped-job.ts';
import { beginOf, type FeedFilter, TransitionFeed, TransitionLog } from './transition-feed.ts';
import { type Trouble, troubleOf } from './trouble.ts';
import { workerLines } from './worker-tally.ts';

const HOUR = 3_600_000;
/** The span of a list that names none, in hours. */
const USUAL_HOURS = 12;
/** Transitions of the farm that are held for clients that connect again. */
const MOST_TRANSITIONS = 5_000;

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
  readonly #counted: CountedJobs;
  readonly #statistics: StatisticsAnswers;
  readonly #loop: LookLoop;
  readonly #asked: AskedFor;
  readonly #log = new TransitionLog(MOST_TRANSITIONS);
  /** With where each came, in the log that there was then. */
  readonly #feeds = new Map<TransitionFeed, { log: TransitionLog | undefined; position: number }>();
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
    const level = history === undefined ? 'off' : stack.History;
    this.#counted = new CountedJobs({ rows, entries: history, level, now });
    this.#statistics = new StatisticsAnswers(this.#counted, level);
    this.#loop = new LookLoop({
      look: () => this.#look(),
      diagnose: parts.diagnose ?? ((error) => troubleOf(error, async () => UNKNOWN_RENEWAL)),
      ...{ now, sleep },
      hasListeners: () => this.#feeds.size > 0,
    });
  }

  /** The overview of the last hours. */
  async farm(hours: number): Promise<FarmState> {
    await this.#loop.fresh(this.#asked.addHours(hours));
    const key = `${this.#loop.version} ${hours}`;
    if (this.#overview?.key !== key) {
      const farm = farmOverview(this.#farm(hours));
      this.#overview = { key, farm };
    }
    const { farm } = this.#overview;
    const status = this.#status();
    const isAsked = farm.lastFailure === null && status.lamp === 'live';
    const before = isAsked ? await this.#failureBefore(farm.since) : undefined;
    return { status, ...farm, lastFailure: farm.lastFailure ?? before ?? null };
  }

  /** A page of the jobs that stopped. */
  async jobs(query: JobsQuery): Promise<JobsState> {
    const { since = this.#parts.now() - USUAL_HOURS * HOUR } = query;
    await this.#loop.fresh(this.#asked.addTime(since));
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
    if (!followed?.isKnown && status.lamp === 'live') {
      this.#asked.dropJob(id);
      return undefined;
    }
    const { row, tasks, history } = followed ?? {};
    const answer = await jobAnswer({
      ...{ id, row, tasks: [...(tasks?.rows.values() ?? [])] },
      history: history && { transitions: history.log?.from() ?? [], moments: history.moments },
    });
    return { status, ...answer };
  }

  /** What each worker did in the last hours. */
  async workers(hours: number): Promise<WorkersState> {
    await this.#loop.fresh(this.#asked.addHours(hours));
    const farm = this.#farm(hours);
    const { since, until } = farm;
    const workers = workerLines({ ...farm, failed: failedTasks(farm) });
    return { status: this.#status(), since, until, workers };
  }

  /** What the jobs that stopped in the last hours took, as far as their tasks are read. */
  async statistics({ hours, by, isAgreed = false }: StatisticsQuery): Promise<StatisticsState> {
    await this.#loop.fresh(this.#asked.addCounted(hours));
    if (isAgreed && this.#counted.agree(this.#stopped(hours))) await this.#loop.fresh(true);
    const until = this.#parts.now();
    const since = until - hours * HOUR;
    const answer = this.#statistics.answer(this.#stopped(hours), { since, until, by });
    return { status: this.#status(this.#tables.isCut(since) ? [CUT] : []), ...answer };
  }

  /** Gives each transition once, as it comes. */
  feed(filter: FeedFilter, onTransition: (transition: Transition) => void): Disposable {
    const feed = new TransitionFeed(filter, onTransition);
    const log = this.#logOf(filter);
    this.#feeds.set(feed, { log, position: log?.end ?? 0 });
    if (filter.job !== undefined) this.#asked.addJob(filter.job);
    const begin = beginOf(filter);
    if (begin !== undefined && !this.#isOfHistory(filter)) this.#asked.addTime(begin);
    // It begins at the end of a look that knows of it.
    void this.#loop.fresh(true);
    return { [Symbol.dispose]: () => void this.#feeds.delete(feed) };
  }

  /** Looks at once. */
  look(): Promise<void> {
    return this.#loop.look();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#feeds.clear();
    const counted = this.#counted[Symbol.asyncDispose]();
    await this.#loop[Symbol.asyncDispose]();
    await counted;
  }

  async #look(): Promise<void> {
    const known = [...this.#feeds];
    for (const [{ filter }] of known) if (filter.job !== undefined) this.#asked.addJob(filter.job);
    const since = this.#asked.since();
    const wanted = { since, toldSince: this.#asked.spanSince(), open: this.#asked.jobs() };
    try {
      await this.#poller.look(wanted, (news) => this.#log.add(news));
    } finally {
      for (const feed of this.#feeds.keys()) feed.give();
    }
    for (const [feed, came] of known) if (this.#feeds.has(feed)) this.#begin(feed, came);
    await this.#readCounted();
  }

  /** Reads the tasks of the jobs of which figures are asked for. */
  async #readCounted(): Promise<void> {
    const spans = this.#asked.countedHours();
    const now = this.#parts.now();
    const all = this.#stopped(spans.at(-1) ?? 0);
    await this.#counted.look(
      spans.map((hours) => all.filter(({ sent = -1 }) => sent >= now - hours * HOUR)),
    );
  }

  /** Begins a feed that has not begun: all that is known by now was read. */
  #begin(feed: TransitionFeed, came: { log: TransitionLog | undefined; position: number }): void {
    const log = this.#logOf(feed.filter);
    if (feed.hasBegun || log === undefined) return;
    const position = came.log === log ? came.position : log.end;
    if (this.#isOfHistory(feed.filter)) feed.begin(log, position);
    else feed.begin(log, position, (since) => this.#tables.transitions(since));
  }

  /** Whether a feed tells of the history's entries, not of what the indexes show. */
  #isOfHistory({ job }: FeedFilter): boolean {
    return job !== undefined && this.#parts.history !== undefined;
  }

  /** Where a feed's transitions come from; `undefined` until its job's history is read. */
  #logOf(filter: FeedFilter): TransitionLog | undefined {
    if (!this.#isOfHistory(filter)) return this.#log;
    return this.#poller.jobs.get(filter.job ?? '')?.history?.log;
  }

  /** The jobs that stopped in the last hours, newest first. */
  #stopped(hours: number): JobSummary[] {
    const since = this.#parts.now() - hours * HOUR;
    return [...this.#tables.jobs.values()]
      .filter(({ sent = -1 }) => sent >= since)
      .sort((a, b) => (b.sent ?? 0) - (a.sent ?? 0) || (a.job < b.job ? -1 : 1));
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
      notes: [...(general?.() ?? []), ...notes, ...leftOut(this.#tables.untimed)],
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

function leftOut(rows: number): string[] {
  if (rows === 0) return [];
  const [which, are] = rows === 1 ? ['1 row', 'is'] : [`${rows} rows`, 'are'];
  return [
    `${which} with a send time that cannot be ${are} left out; \`jobs\` and \`failed\` have such rows last.`,
  ];
}

async function lastOf(rows: NotificationRows, until: number): Promise<number | undefined> {
  for await (const { sent } of rows.failedTasks({ since: 0, until })) return sent;
  return undefined;
}
