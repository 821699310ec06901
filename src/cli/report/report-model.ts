/**
 * What a report tells of a time span, for all of its formats: which rows, in which order, and the sentences. In JSON it
 * is as it is here, but for times (ms since the epoch), which are in ISO 8601 and UTC. Times of rendering are in s. What
 * is not known is null, and never 0.
 */
export interface Report {
  /** The stack's name. */
  readonly stack: string;
  readonly since: number;
  readonly until: number;
  /** How long the span is, such as `24 h`. */
  readonly length: string;
  /** The span of the same length before it; null if nothing can be compared with it. */
  readonly before: { readonly since: number; readonly until: number } | null;
  /** What happened, in a sentence. */
  readonly headline: string;
  /** What it means: how it was before, and whether it is a machine or a scene. */
  readonly sentences: readonly string[];
  readonly titles: Titles;
  /** Whether requeues and wasted time are known, at least in part. */
  readonly hasHistory: boolean;
  readonly totals: readonly Total[];
  readonly failed: {
    /** Failed jobs and those with failed tasks: by what became of them, newest first. */
    readonly jobs: readonly ReportedJob[];
    /** What is said of those that are not among them. */
    readonly more: string | null;
  };
  /** Who rendered how long: departments or, where no job has one, users. The most first. */
  readonly shares: {
    readonly by: 'department' | 'user';
    readonly rows: readonly Share[];
    readonly more: string | null;
  };
  /** The worst first: most failed tasks, then most requeues, then most wasted time. */
  readonly machines: {
    readonly rows: readonly ReportedMachine[];
    readonly more: string | null;
  };
  /** The tasks whose last try rendered longest. */
  readonly longest: readonly LongTask[];
  /** What is not known or not counted, and why. */
  readonly notes: readonly string[];
}

/** What the sections are called. */
export interface Titles {
  readonly failed: string;
  readonly totals: string;
  readonly shares: string;
  readonly machines: string;
  readonly longest: string;
}

/** A figure of the whole span. */
export interface Total {
  readonly name: string;
  readonly unit: Unit;
  readonly now: number | null;
  readonly before: number | null;
  /** The difference in words, such as `18 % more`. */
  readonly change: string | null;
  /** Whether it counts what failed, and is not 0. */
  readonly isFailure: boolean;
}

export type Unit = 'count' | 'seconds' | 'bytes';

/** A job that failed or has failed tasks. */
export interface ReportedJob {
  readonly job: string;
  /** Null until it first stops, as all else but its tasks. */
  readonly name: string | null;
  /** What became of it, such as `Failed`, or `Rendering`. */
  readonly status: string;
  readonly user: string | null;
  readonly department: string | null;
  readonly plugin: string | null;
  /** When its last task failed, or else when it stopped. */
  readonly newest: number | null;
  /** How many tasks it has. */
  readonly tasks: number | null;
  /** The ids of those that failed. */
  readonly failedTasks: readonly (number | string)[];
  /** Their frames, joined, to paste into Deadline; empty if they are not known. */
  readonly frames: string;
  /** The reason of its own that most of them have, or else the job has. */
  readonly reason: string | null;
  /** On how many workers they failed, those with most first. */
  readonly workers: readonly (readonly [worker: string, failed: number])[];
}

/** What a department or a user rendered. */
export interface Share {
  /** Null for jobs without. */
  readonly name: string | null;
  readonly jobs: number;
  readonly renderSeconds: number | null;
  readonly renderSecondsBefore: number | null;
  /** The difference in words. */
  readonly change: string | null;
}

/** A machine that failed or wasted something. */
export interface ReportedMachine {
  /** Null for tasks whose worker is not known. */
  readonly worker: string | null;
  /** Also of jobs that still render. */
  readonly failed: number;
  /** Of jobs that stopped, as all that follows: null where all that failed there is of others, or without the history. */
  readonly requeued: number | null;
  readonly wastedSeconds: number | null;
  /** Null also if no last try of a task was there. */
  readonly renderSeconds: number | null;
}

/** A task that rendered long. */
export interface LongTask {
  readonly job: string;
  readonly name: string | null;
  readonly user: string | null;
  readonly task: number | string;
  readonly frames: string | null;
  readonly worker: string | null;
  readonly status: string | null;
  readonly renderSeconds: number;
}
