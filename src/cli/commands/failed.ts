import { MAX_KEYS } from '../../ingest/store/row-store.ts';
import { FAILED } from '../../shared/indexes.ts';
import { requireIndexes } from '../aws/index-status.ts';
import type { NotificationRows } from '../aws/notification-rows.ts';
import type { JobSummary, TaskSummary } from '../aws/row-summary.ts';
import {
  countColumn,
  framesColumn,
  jobColumns,
  reasonColumn,
  statusColumn,
  textColumn,
  timeColumn,
} from '../columns.ts';
import { fittingJobs } from '../fitting-jobs.ts';
import { mergeNewestFirst, pagesOf } from '../iterate.ts';
import { JobFilter, type JobFilterOptions, NearMisses } from '../job-filter.ts';
import { Listing, type ListOptions, type View } from '../listing.ts';
import { open, type Session } from '../session.ts';
import { SUSPENDED } from '../status.ts';
import { type TimeSpan, timeSpanText } from '../time-span.ts';

export interface FailedOptions extends TimeSpan, ListOptions, JobFilterOptions {
  /** No limit if not set. */
  readonly limit?: number;
}

/** A failed or suspended job or, if `task` is set, a failed task. */
interface Failure {
  readonly sent: number | undefined;
  readonly job: string;
  readonly task: TaskSummary['task'] | undefined;
  /** The job's name, if it has a row: a job has none until it first stops. */
  readonly name: string | undefined;
  readonly user: string | undefined;
  readonly status: string | undefined;
  readonly frames: string | undefined;
  readonly worker: string | undefined;
  readonly errors: number | undefined;
  readonly reason: string | undefined;
}

/** Lists failed and suspended jobs and failed tasks, newest first. */
export async function failed(session: Session, options: FailedOptions): Promise<number> {
  const { limit } = options;
  const listing = new Listing(view(session), options, session);
  const { stack, rows } = await open(session);
  await requireIndexes(stack, session, ['job', 'task']);
  const filter = new JobFilter(options);
  const nearMisses = new NearMisses();
  const stopped = rows.jobs(options, [FAILED, SUSPENDED]);
  const all = mergeNewestFirst(
    ofJobs(fittingJobs(stopped, rows, filter, nearMisses, FAILED)),
    ofTasks(rows.failedTasks(options), rows, filter, nearMisses),
  );
  const count = await listing.print(all, { limit });
  if (count === 0) {
    console.error(nearMisses.text() ?? `Nothing failed ${timeSpanText(options, session.utc)}.`);
  }
  return 0;
}

async function* ofJobs(jobs: AsyncIterable<JobSummary>): AsyncGenerator<Failure> {
  for await (const { sent, job, name, user, status, frames, errors, reason } of jobs) {
    const [task, worker] = [undefined, undefined];
    yield { sent, job, task, name, user, status, frames, worker, errors, reason };
  }
}

async function* ofTasks(
  tasks: AsyncIterable<TaskSummary>,
  rows: NotificationRows,
  filter: JobFilter,
  nearMisses: NearMisses,
): AsyncGenerator<Failure> {
  const asked = new Set<string>();
  const jobs = new Map<string, JobSummary>();
  for await (const page of pagesOf(MAX_KEYS, tasks)) {
    const unknown = new Set(page.map(({ job }) => job)).difference(asked);
    for (const each of await rows.jobsOf(unknown)) jobs.set(...each);
    for (const job of unknown) asked.add(job);
    for (const { sent, job, task, status, frames, worker, errors, reason } of page) {
      const its = jobs.get(job);
      const missed = filter.missed(its);
      if (!filter.fitsWorker(worker)) missed.push('worker');
      nearMisses.add(missed);
      if (missed.length > 0) continue;
      const { name, user } = its ?? {};
      yield { sent, job, task, name, user, status, frames, worker, errors, reason };
    }
  }
}

function view(session: Session): View<Failure> {
  const { job, id } = jobColumns<Failure>((failure) => failure, session);
  return {
    columns: [
      timeColumn('time', ({ sent }) => sent, session),
      statusColumn(({ status }) => status, session),
      job,
      { name: 'task', value: ({ task }) => task, align: 'right' },
      framesColumn(({ frames }) => frames),
      textColumn('worker', ({ worker }) => worker),
      countColumn('errors', ({ errors }) => errors),
      textColumn('user', ({ user }) => user),
      reasonColumn(({ reason }) => reason),
      id,
    ],
    always: ['time', 'status', 'job', 'task', 'frames', 'worker'],
    further: ['errors', 'user', 'reason'],
  };
}
