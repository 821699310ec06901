import { MAX_KEYS } from '../../ingest/store/row-store.ts';
import { FAILED, INDEXES } from '../../shared/indexes.ts';
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
import { mergeNewestFirst, pagesOf } from '../iterate.ts';
import { Listing, type ListOptions, type View } from '../listing.ts';
import { open, type Session } from '../session.ts';
import { SUSPENDED } from '../status.ts';
import { type TimeSpan, timeSpanText } from '../time-span.ts';

export interface FailedOptions extends TimeSpan, ListOptions {
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
  const { limit, ...span } = options;
  const listing = new Listing(view(session), options, session);
  const { stack, rows } = await open(session);
  await requireIndexes(stack, session, [INDEXES.jobs, INDEXES.failed]);
  const all = mergeNewestFirst(
    ofJobs(rows.jobs(span, { statuses: [FAILED, SUSPENDED] })),
    ofTasks(rows.failedTasks(span), rows),
  );
  const count = await listing.print(all, { limit });
  if (count === 0) console.error(`Nothing failed ${timeSpanText(span, session.utc)}.`);
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
): AsyncGenerator<Failure> {
  const asked = new Set<string>();
  const jobs = new Map<string, JobSummary>();
  for await (const page of pagesOf(MAX_KEYS, tasks)) {
    const unknown = new Set(page.map(({ job }) => job)).difference(asked);
    for (const each of await rows.jobsOf(unknown)) jobs.set(...each);
    for (const job of unknown) asked.add(job);
    for (const { sent, job, task, status, frames, worker, errors, reason } of page) {
      const { name, user } = jobs.get(job) ?? {};
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
