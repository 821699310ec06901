import type { Transition } from '../../../shared/history-entry.ts';
import type { Grouping } from '../../statistics/grouping.ts';
import type { Figures } from '../../statistics/totals.ts';

/*
 * What the board's server tells its page, as JSON. Times are ms since the epoch; durations are in ms. What is not known
 * is null, and never zero.
 */

/** Whether what is shown is what AWS has. */
export interface BoardStatus {
  readonly lamp: 'connecting' | 'live' | 'late' | 'cut off';
  /** Since when it is so, and why, in a sentence with what to do, without times; empty if it is live. */
  readonly since: number;
  readonly reason: string;
  /** What to type, such as to renew the credentials. */
  readonly command: string | null;
  /** Sentences that hold whatever the lamp: that this machine's clock is wrong, or that not all is shown. */
  readonly notes: readonly string[];
  /** When AWS is asked again; null unless it is cut off. */
  readonly nextTry: number | null;
  /** The newest row's time. */
  readonly newest: number | null;
  /** How long the pause between two looks is. */
  readonly lookEvery: number;
  /** Read units an hour, by the last ten minutes. */
  readonly unitsPerHour: number;
  readonly account: string | null;
  readonly region: string;
  readonly stack: string;
  readonly history: 'off' | 'problems' | 'all';
  /** Whether tasks that render are known: the setting `rendering`. */
  readonly rendering: 'on' | 'off';
  /** The server's time when it answered, by AWS's clock: elapsed times count from it. */
  readonly now: number;
}

/** A job that stopped. */
export interface StoppedJob {
  readonly job: string;
  readonly name: string | null;
  /** `Completed`, `Failed`, `Suspended`, `Deleted`, or another word of Deadline. */
  readonly status: string | null;
  readonly user: string | null;
  readonly department: string | null;
  readonly plugin: string | null;
  readonly pool: string | null;
  readonly batch: string | null;
  readonly errors: number | null;
  /** How many tasks it has, and how many of them have failed now. */
  readonly tasks: number | null;
  readonly failed: number | null;
  readonly ran: number | null;
  readonly stopped: number | null;
  /** Empty if it says nothing more than the status. */
  readonly reason: string;
}

/** A job with failed tasks, whether it failed or goes on. */
export interface JobWithFailures extends StoppedJob {
  /** The ids of its failed tasks, ascending, for its strip. At most a thousand. */
  readonly failedTasks: readonly number[];
  /** Their frames, joined as Deadline takes them in. */
  readonly frames: string;
  readonly frameCount: number | null;
  /** How many failed on each worker, the most first. */
  readonly workers: readonly (readonly [worker: string, count: number])[];
  /** When its newest task failed. */
  readonly lastFailed: number | null;
}

/** A job of which tasks render. */
export interface RenderingJob {
  readonly job: string;
  /** Null until it first stopped; then that is from its last stop. */
  readonly name: string | null;
  readonly rendering: number;
  readonly completed: number | null;
  /** How long its completed tasks took; null if there are none. */
  readonly median: number | null;
  /** The longest first, at most five. */
  readonly tasks: readonly RenderingTask[];
  /** How many more there are, and since when the first of them renders. */
  readonly more: number;
  readonly moreSince: number | null;
}

export interface RenderingTask {
  readonly task: number | string;
  readonly worker: string | null;
  readonly started: number | null;
}

/** A worker in the span. */
export interface WorkerLine {
  readonly worker: string;
  readonly failed: number;
  /** Null where the history is off. */
  readonly requeued: number | null;
  /** Of how many tasks, and how long it rendered; null where the history is not at `all`. */
  readonly tasks: number | null;
  readonly rendered: number | null;
}

/** What came in ten minutes: rows of jobs and of failed tasks, or with the history at `all` all transitions. */
export interface Arrivals {
  readonly begin: number;
  readonly count: number;
  readonly failedTasks: number;
}

/** The overview. */
export interface FarmState {
  readonly status: BoardStatus;
  /** The first and the last ms that it tells of. */
  readonly since: number;
  readonly until: number;
  readonly summary: {
    readonly failedTasks: number;
    readonly jobsWithFailures: number;
    readonly failedJobs: number;
    /** Null where the history is off. */
    readonly requeues: number | null;
    readonly requeueWorkers: number | null;
    readonly stoppedJobs: number;
    readonly completedJobs: number;
    /** Null where `rendering` is off. */
    readonly renderingTasks: number | null;
    readonly renderingJobs: number | null;
  };
  readonly arrivals: readonly Arrivals[];
  /** Jobs that failed, then those that went on with failed tasks; each newest first. */
  readonly failedJobs: readonly JobWithFailures[];
  readonly wentOn: readonly JobWithFailures[];
  /** Newest first, at most a hundred. */
  readonly stopped: readonly StoppedJob[];
  readonly rendering: readonly RenderingJob[];
  /** Worst first. */
  readonly workers: readonly WorkerLine[];
  /** When something last failed, for a good night; null if that is not known. */
  readonly lastFailure: number | null;
}

/** A page of jobs: `GET /api/jobs?since=&until=&after=`. */
export interface JobsState {
  readonly status: BoardStatus;
  /** Newest first; those with failed tasks have them. */
  readonly jobs: readonly (StoppedJob | JobWithFailures)[];
  /** To be given as `after` for more; null if that was all. */
  readonly after: string | null;
}

/** A task of a job. */
export interface TaskState {
  readonly task: number | string;
  readonly status: string | null;
  readonly worker: string | null;
  readonly frames: string | null;
  readonly started: number | null;
  readonly stopped: number | null;
  readonly ran: number | null;
  readonly errors: number | null;
  readonly reason: string;
  /** How often it was requeued; null where the history is off. */
  readonly requeues: number | null;
}

/** A job's page: `GET /api/jobs/<id>`. */
export interface JobState {
  readonly status: BoardStatus;
  readonly job: StoppedJob & {
    readonly group: string | null;
    readonly priority: number | null;
    readonly frames: string | null;
    readonly submitted: number | null;
    readonly started: number | null;
    readonly requeues: number | null;
    /** Where the facts are from: its last stop, or nowhere, as it has not stopped yet. */
    readonly isNamed: boolean;
    /** Whether tasks go on after its last stop. */
    readonly goesOn: boolean;
  };
  /** In the order of their ids, without those that never started. */
  readonly tasks: readonly TaskState[];
  /** Joined as Deadline takes them in. */
  readonly failedFrames: string;
  readonly failedFrameCount: number | null;
  /** How many requeues each worker had, of tasks that it gave up, the most first; null where the history is off. */
  readonly requeuesByWorker: readonly (readonly [worker: string, count: number])[] | null;
  /** Newest first, at most a thousand; empty where the history is off: then what the rows show. */
  readonly transitions: readonly Transition[];
}

/** All workers: `GET /api/workers`. */
export interface WorkersState {
  readonly status: BoardStatus;
  readonly since: number;
  readonly until: number;
  readonly workers: readonly (WorkerLine & {
    /** How many of its tasks failed in each hour of the span. */
    readonly failedByHour: readonly number[];
  })[];
}

/** What the jobs that stopped in the span took: `GET /api/statistics?hours=12&by=user`. */
export interface StatisticsState {
  readonly status: BoardStatus;
  readonly since: number;
  readonly until: number;
  /** Null for the total only. */
  readonly by: Grouping | null;
  /** How many jobs stopped in the span, and of how many the tasks are read: all figures are of these. */
  readonly stopped: number;
  readonly read: number;
  /** How many are not counted, as they have more tasks than can be held. */
  readonly leftOut: number;
  /** What is read only if someone agrees, as it costs more than a cent; null if nothing is. */
  readonly unread: {
    readonly jobs: number;
    readonly tasks: number;
    readonly units: number;
    readonly usd: number;
  } | null;
  /** Since when the history tells what was wasted, if a job began before. */
  readonly historySince: number | null;
  readonly total: Figures;
  /** Days and hours in their order; of others, the largest render time first. */
  readonly groups: readonly {
    /** Null for what is not known. */
    readonly group: string | null;
    /** Where the group is a job. */
    readonly name: string | null;
    readonly figures: Figures;
  }[];
}
