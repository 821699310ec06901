import type { Transition } from '../../shared/history-entry.ts';
import type { Tally } from '../../shared/tally.ts';
import type { TransitionName } from '../../shared/transitions.ts';

/** What is known of a job. */
export interface JobFacts {
  readonly id: string;
  readonly name: string | undefined;
  readonly user: string | undefined;
  readonly department: string | undefined;
  readonly plugin: string | undefined;
  readonly pool: string | undefined;
  readonly batch: string | undefined;
  /** How many tasks it has. */
  readonly tasks: number | undefined;
  /**
   * Where this is from: a stop that came with what the message tells, an earlier one, or nowhere: Deadline says
   * nothing of a job before it first stops.
   */
  readonly from: 'this stop' | 'an earlier stop' | 'nowhere';
}

/** What all messages have. */
export interface Told {
  /** The name of the alert. */
  readonly alert: string;
  /** What the message tells, oldest first. Never empty. */
  readonly transitions: readonly Transition[];
  /** The times of the first and the last of them, in ms since the epoch. */
  readonly begin: number;
  readonly end: number;
}

/** What became of one job, or of its tasks. */
export interface JobMessage extends Told {
  readonly kind: 'job';
  /** The worst of what the message tells. If the job's own stop is among it, that. */
  readonly transition: TransitionName;
  readonly job: JobFacts;
  /**
   * How many tasks it is about: of a job's stop, those that have failed and not been requeued since; otherwise
   * those with the transition. `undefined` if it is not known.
   */
  readonly count: number | undefined;
  /** What else became of tasks, and of how many. */
  readonly also: ReadonlyMap<TransitionName, number>;
  /** Of these tasks, joined, such as `1001-1012, 1020`; empty if not known. */
  readonly frames: string;
  /** How many of these tasks each worker had. */
  readonly workers: Tally;
  /** Empty if it says nothing that the message does not say. */
  readonly reason: string;
  /** Of the job's stop. */
  readonly errors: number | undefined;
  /** How long the job ran until it stopped, in ms. */
  readonly ran: number | undefined;
}

/** A job of many, with how many of its tasks the message is about. */
export interface DigestJob {
  readonly job: JobFacts;
  readonly tasks: number;
}

/** What most of the jobs share. */
export interface Shared {
  readonly field: 'plugin' | 'user' | 'department' | 'worker';
  readonly value: string;
  /** How many jobs share it. */
  readonly jobs: number;
}

/** What became of so many jobs at once that they share a message. */
export interface DigestMessage extends Told {
  readonly kind: 'digest';
  /** The worst of what the message tells. */
  readonly transition: TransitionName;
  /** How many jobs had each transition, the worst first. A job counts once, by its worst. */
  readonly counts: ReadonlyMap<TransitionName, number>;
  /** How many tasks failed, were requeued, and so on, in all jobs. */
  readonly tasks: number;
  /** The ten with the most tasks, the most first. */
  readonly worst: readonly DigestJob[];
  /** The others. */
  readonly more: { readonly jobs: number; readonly tasks: number };
  /** What four in five jobs share, or more. */
  readonly common: Shared | undefined;
  readonly workers: Tally;
  readonly users: Tally;
}

/** What came more than an hour late. */
export interface LateMessage extends Told {
  readonly kind: 'late';
  /** How many of each transition, the worst first. */
  readonly counts: ReadonlyMap<TransitionName, number>;
}

/** What an alert says at once, in no channel's form yet. */
export type AlertMessage = JobMessage | DigestMessage | LateMessage;
