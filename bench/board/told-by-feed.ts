import type { FarmNotification } from '../../src/local/farm/simulate-farm.ts';
import type { Transition } from '../../src/shared/history-entry.ts';

/** What tells a transition from all others. */
export type Told = string;

/**
 * What the feed of all has to tell of notifications that are stored between two looks: by the indexes, what became of
 * each row last, if it is a job that stopped, or a task that renders or failed.
 */
export function toldByFeed(notifications: readonly FarmNotification[]): Set<Told> {
  const newest = new Map<string, FarmNotification>();
  for (const each of notifications) newest.set(rowOf(each), each);
  const told = [...newest.values()].filter(
    ({ body }) =>
      'JobDetails' in body || /^(Rendering|Failed)$/.test(body.TaskDetails.Status ?? ''),
  );
  return new Set(told.map(toTold));
}

/** How many notifications of a job are among these: what the feed of the job has to tell, with the history. */
export function toldByFeedOf(job: string, notifications: readonly FarmNotification[]): number {
  return notifications.filter((each) => jobOf(each) === job).length;
}

/** The same of what came. */
export function asTold({ job, task, status, at }: Transition): Told {
  return [job, task, status, Date.parse(at)].join(' ');
}

export function jobOf({ body }: FarmNotification): string {
  return 'JobDetails' in body ? body.JobDetails.JobID : body.TaskDetails.JobID;
}

function rowOf({ body }: FarmNotification): string {
  return 'JobDetails' in body
    ? body.JobDetails.JobID
    : `${body.TaskDetails.JobID} ${body.TaskDetails.TaskID}`;
}

function toTold({ body, sent }: FarmNotification): Told {
  const [job, task, status] =
    'JobDetails' in body
      ? [body.JobDetails.JobID, null, body.JobDetails.JobStatus]
      : [body.TaskDetails.JobID, body.TaskDetails.TaskID, body.TaskDetails.Status];
  return [job, task, status, sent].join(' ');
}
