import type { Transition } from '../../shared/history-entry.ts';
import { tally } from '../../shared/tally.ts';
import type { TransitionName } from '../../shared/transitions.ts';
import type { DigestMessage, JobFacts, Shared } from '../message/alert-message.ts';
import { leavesFailedTasks, ownStop, workersOf } from './job-message.ts';
import { failedTasks, lastOfTasks } from './last-of-tasks.ts';
import { countsOf, rankOf, worstOf } from './severity.ts';
import { toldOf } from './told.ts';

/** How many jobs a digest lists. */
const LISTED = 10;

/** The share of the jobs that what they have in common has at least. */
const MOST = 0.8;

/** One of the jobs of a digest. */
export interface ToldJob {
  readonly job: JobFacts;
  /** Its transitions that the alert tells. Never empty. */
  readonly told: readonly Transition[];
  /** All its transitions of the batch. */
  readonly all: readonly Transition[];
}

/**
 * What became of many jobs at once.
 *
 * @param told all that the alert tells of them, oldest first
 */
export function digestMessage(
  alert: string,
  told: readonly Transition[],
  jobs: readonly ToldJob[],
): DigestMessage {
  const summaries = jobs.map(summaryOf).sort(byWeight);
  const listed = summaries.slice(0, LISTED);
  const others = summaries.slice(LISTED);
  return {
    ...toldOf(alert, told),
    kind: 'digest',
    transition: worstOf(told),
    counts: countsOf(summaries.map(({ worst }) => worst)),
    tasks: sumOfTasks(summaries),
    worst: listed.map(({ job, tasks }) => ({ job, tasks: tasks.length })),
    more: { jobs: others.length, tasks: sumOfTasks(others) },
    common: sharedByMost(summaries),
    workers: workersOf(summaries.flatMap(({ tasks }) => tasks)),
    users: tally(summaries.flatMap(({ job }) => job.user ?? [])),
  };
}

interface Summary {
  readonly job: JobFacts;
  readonly worst: TransitionName;
  /** The last transition of each task that the message is about. */
  readonly tasks: readonly Transition[];
}

/** The tasks are those that are told, and of a job that failed also those of the batch that did. */
function summaryOf({ job, told, all }: ToldJob): Summary {
  const failed = leavesFailedTasks(ownStop(told)) ? failedTasks(lastOfTasks(all)) : [];
  const tasks = [...lastOfTasks([...told, ...failed]).values()];
  return { job, worst: worstOf(told), tasks };
}

/** Those with the most tasks first; of as many, the worst. */
function byWeight(a: Summary, b: Summary): number {
  return (
    b.tasks.length - a.tasks.length ||
    rankOf(a.worst) - rankOf(b.worst) ||
    (a.job.id < b.job.id ? -1 : 1)
  );
}

function sumOfTasks(summaries: readonly Summary[]): number {
  return summaries.reduce((sum, { tasks }) => sum + tasks.length, 0);
}

/** What may be in common. Of what as many jobs share, the first tells the most. */
const COMMON: Readonly<Record<Shared['field'], (summary: Summary) => string | undefined>> = {
  worker: mainWorker,
  plugin: ({ job }) => job.plugin,
  user: ({ job }) => job.user,
  department: ({ job }) => job.department,
};

function sharedByMost(summaries: readonly Summary[]): Shared | undefined {
  const most = Object.entries(COMMON).flatMap(([field, valueIn]) => {
    const [first] = tally(summaries.flatMap((summary) => valueIn(summary) ?? []));
    const [value, jobs] = first ?? ['', 0];
    return jobs >= MOST * summaries.length ? { field: field as Shared['field'], value, jobs } : [];
  });
  const [shared] = most.sort((a, b) => b.jobs - a.jobs);
  return shared;
}

/** The worker that had more than half of a job's tasks. */
function mainWorker({ tasks }: Summary): string | undefined {
  const [first] = tally(tasks.flatMap(({ worker }) => worker || []));
  return first && first[1] * 2 > tasks.length ? first[0] : undefined;
}
