import type { Alert } from '../../shared/alerts/alert.ts';
import type { Transition } from '../../shared/history-entry.ts';
import { byTime } from '../../shared/transition-order.ts';
import type { AlertMessage, JobFacts } from '../message/alert-message.ts';
import { type AlertSelection, toSelection } from './alert-selection.ts';
import { digestMessage } from './digest-message.ts';
import { factsOfStop, unknownJob } from './facts-of-job.ts';
import { jobMessage, leavesFailedTasks, ownStop } from './job-message.ts';
import { type LastOfTasks, lastOfTasks } from './last-of-tasks.ts';
import { isLate, lateMessage } from './late-message.ts';

/** What can be asked of the tables. */
export interface Lookups {
  /** What the rows of jobs say of them, by job id. Jobs without a row are left out. */
  jobs(ids: ReadonlySet<string>): Promise<ReadonlyMap<string, JobFacts>>;
  /** The last of what is recorded of each task of a job; `undefined` if that is too much to read. */
  lastOfTasks(job: string): Promise<LastOfTasks | undefined>;
}

/** Jobs of one alert in a batch that have a message each. More share one. */
const MAX_JOBS = 10;

/** What came at once: each transition once, oldest first; all of it, and by job. */
interface Batch {
  readonly all: readonly Transition[];
  readonly byJob: ReadonlyMap<string, readonly Transition[]>;
}

/**
 * Makes messages of what came at once: for each alert one of what is late, and one for each job, or for all jobs if
 * they are many. The same transitions make messages of the same transitions, in whatever order they came.
 *
 * @param now in ms since the epoch
 * @throws what the lookups throw
 */
export async function gather(
  transitions: readonly Transition[],
  alerts: readonly Alert[],
  lookups: Lookups,
  now: number,
): Promise<AlertMessage[]> {
  const all = [...new Map(transitions.map((each) => [each.id, each])).values()].sort(byTime);
  const batch = { all, byJob: Map.groupBy(all, ({ job }) => job) };
  const selections = alerts.map((alert) => ({ name: alert.name, ...toSelection(alert) }));
  const factsOf = await jobsOf(batch, selections, lookups, now);
  const lastOf = lastOfTasksIn(batch, lookups);
  const messages: AlertMessage[] = [];
  for (const selection of selections) {
    const told = select(batch, selection, factsOf);
    messages.push(...(await messagesOf(selection.name, told, batch, factsOf, lastOf, now)));
  }
  return messages;
}

type FactsOf = (job: string) => JobFacts;
type LastOf = (job: string) => Promise<LastOfTasks | undefined>;

/** What is known of the jobs: by their own stop in the batch, or else by their rows where an alert needs them. */
async function jobsOf(
  { byJob }: Batch,
  selections: readonly AlertSelection[],
  lookups: Lookups,
  now: number,
): Promise<FactsOf> {
  const facts = new Map<string, JobFacts>();
  const wanted = new Set<string>();
  for (const [id, own] of byJob) {
    const stop = ownStop(own);
    if (stop) facts.set(id, factsOfStop(stop));
    // What is late is told without names.
    else if (
      selections.some(({ hasTransition, asksForJob }) =>
        own.some((each) => hasTransition(each) && (asksForJob || !isLate(each, now))),
      )
    ) {
      wanted.add(id);
    }
  }
  const rows = wanted.size > 0 ? await lookups.jobs(wanted) : undefined;
  return (id) => facts.get(id) ?? rows?.get(id) ?? unknownJob(id);
}

/** Asks for each job once. What is read may be older or newer than the batch, so both are joined. */
function lastOfTasksIn({ byJob }: Batch, lookups: Lookups): LastOf {
  const asked = new Map<string, Promise<LastOfTasks | undefined>>();
  return async (job) => {
    const asking = asked.get(job) ?? lookups.lastOfTasks(job);
    asked.set(job, asking);
    const recorded = await asking;
    return recorded && lastOfTasks(byJob.get(job) ?? [], recorded);
  };
}

function select(
  { all, byJob }: Batch,
  { hasTransition, hasJob }: AlertSelection,
  factsOf: FactsOf,
): Transition[] {
  const selected = all.filter(hasTransition);
  const jobs = new Set(selected.map(({ job }) => job));
  const fitting = new Set([...byJob.keys()].filter((id) => jobs.has(id) && hasJob(factsOf(id))));
  return selected.filter(({ job }) => fitting.has(job));
}

async function messagesOf(
  alert: string,
  told: readonly Transition[],
  { byJob }: Batch,
  factsOf: FactsOf,
  lastOf: LastOf,
  now: number,
): Promise<AlertMessage[]> {
  const late = told.filter((each) => isLate(each, now));
  const recent = told.filter((each) => !isLate(each, now));
  const jobs = [...Map.groupBy(recent, ({ job }) => job)];
  const messages: AlertMessage[] = late.length > 0 ? [lateMessage(alert, late)] : [];
  if (jobs.length > MAX_JOBS) {
    const toldJobs = jobs.map(([id, own]) => {
      return { job: factsOf(id), told: own, all: byJob.get(id) ?? own };
    });
    return [...messages, digestMessage(alert, recent, toldJobs)];
  }
  const ofJobs = jobs.map(async ([id, own]) => {
    const last = leavesFailedTasks(ownStop(own)) ? await lastOf(id) : undefined;
    return jobMessage(alert, factsOf(id), own, last);
  });
  return [...messages, ...(await Promise.all(ofJobs))];
}
