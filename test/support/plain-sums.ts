import type { FarmNotification } from '../../src/local/farm/simulate-farm.ts';
import type { JobNotification, TaskNotification } from '../../src/shared/documented-fields.ts';

type Span = { readonly since: number; readonly until: number };
/** The made-up farm sends all fields. */
type All<Fields> = { readonly [name in keyof Fields]-?: NonNullable<Fields[name]> };
type Job = All<JobNotification['JobDetails']> & { readonly sent: number };
type Failed = readonly (readonly [job: string, tasks: readonly number[]])[];
type Task = All<TaskNotification['TaskDetails']> & { readonly sent: number };

/** In s, of what Deadline writes: `hh:mm:ss`. */
function secondsOf(text = ''): number {
  const [hours = 0, minutes = 0, seconds = 0] = text.split(':').map(Number);
  return hours * 3_600 + minutes * 60 + seconds;
}

/**
 * What a report has to say of a span: plain sums over all notifications of a farm, which share nothing with the code.
 * Of each job and task, the newest counts; what was wasted is of all that failed or were requeued.
 *
 * @param later the sums of a later span: a failed task that counts there does not count here
 */
export function plainSums(
  farm: readonly FarmNotification[],
  { since, until }: Span,
  later: { readonly failed: Failed } = { failed: [] },
) {
  const inOrder = farm.toSorted((a, b) => a.sent - b.sent);
  const jobs = inOrder.flatMap(({ sent, body }) =>
    'JobDetails' in body ? [{ ...body.JobDetails, sent } as Job] : [],
  );
  const all = inOrder.flatMap(({ sent, body }) =>
    'TaskDetails' in body ? [{ ...body.TaskDetails, sent } as Task] : [],
  );
  const newestJobs = [...new Map(jobs.map((each) => [each.JobID, each])).values()];
  const newest = [...new Map(all.map((each) => [`${each.JobID} ${each.TaskID}`, each])).values()];
  const isIn = ({ sent }: { sent: number }) => sent >= since && sent < until;
  const stopped = newestJobs.filter(isIn);
  const jobOf = new Map(stopped.map((each) => [each.JobID, each]));
  const own = newest.filter(({ JobID }) => jobOf.has(JobID));
  const measured = own.filter(({ Status }) => Status !== 'Rendering');
  const counted = new Map(later.failed);
  const failed = newest.filter(
    (task) =>
      task.Status === 'Failed' &&
      task.sent < until &&
      !counted.get(task.JobID)?.includes(task.TaskID) &&
      (isIn(task) || jobOf.get(task.JobID)?.JobStatus === 'Failed'),
  );
  const wasted = all.filter(
    ({ JobID, Status }) => jobOf.has(JobID) && /^(Failed|Queued)$/.test(Status),
  );
  const seconds = (some: readonly Task[]) =>
    some.reduce((sum, { RenderTime }) => sum + secondsOf(RenderTime), 0);
  const count = (status: RegExp) =>
    stopped.filter(({ JobStatus }) => status.test(JobStatus)).length;
  const requeued = (some: readonly Task[]) =>
    some.filter(({ Status }) => Status === 'Queued').length;

  const workers = new Set([...own, ...failed, ...wasted].map(({ WorkerName }) => WorkerName));
  const machines = new Map(
    [...workers].map((name) => {
      const on = (some: readonly Task[]) => some.filter(({ WorkerName }) => WorkerName === name);
      const isKnown = on([...own, ...wasted]).length > 0;
      return [
        name,
        {
          failed: on(failed).length,
          // Of failures in jobs that have not stopped, no more is known.
          requeued: isKnown ? requeued(on(wasted)) : null,
          wastedSeconds: isKnown ? seconds(on(wasted)) : null,
          renderSeconds: on(measured).length > 0 ? seconds(on(measured)) : null,
        },
      ];
    }),
  );
  const departments = new Map(
    stopped.map(({ Department }) => [
      Department,
      seconds(measured.filter(({ JobID }) => jobOf.get(JobID)?.Department === Department)),
    ]),
  );
  const failedJobs = stopped.filter(({ JobStatus }) => JobStatus === 'Failed');
  const listed = new Set([
    ...failed.map(({ JobID }) => JobID),
    ...failedJobs.map(({ JobID }) => JobID),
  ]);
  return {
    totals: {
      jobs: stopped.length,
      'completed jobs': count(/^Completed$/),
      'failed jobs': count(/^Failed$/),
      'suspended jobs': count(/^Suspended$/),
      'deleted jobs': count(/^(?!Completed$|Failed$|Suspended$)/),
      'failed tasks': failed.length,
      'requeued tries': requeued(wasted),
      rendered: seconds(measured),
      wasted: seconds(wasted),
      errors: own.reduce((sum, { NumberOfErrors }) => sum + NumberOfErrors, 0),
      output: own.reduce((sum, { OutputFileSizeBytes }) => sum + OutputFileSizeBytes, 0),
    },
    departments,
    machines,
    longest: measured
      .map(({ RenderTime }) => secondsOf(RenderTime))
      .filter((each) => each > 0)
      .sort((a, b) => b - a)
      .slice(0, 8),
    failed: [...listed].map(
      (id) =>
        [
          id,
          failed
            .filter(({ JobID }) => JobID === id)
            .map(({ TaskID }) => TaskID)
            .sort(),
        ] as const,
    ),
  };
}
