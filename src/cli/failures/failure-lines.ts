import type { JobSummary } from '../aws/row-summary.ts';
import { dateOf } from '../columns.ts';
import { mergeNewestFirst } from '../iterate.ts';
import type { View } from '../listing.ts';
import type { FailedTask } from './failed-task.ts';

/** A job that stopped without success or, if `task` is set, a failed task: what `failed --json` prints. */
export interface FailureLine
  extends Pick<
    JobSummary,
    'sent' | 'job' | 'name' | 'user' | 'status' | 'frames' | 'errors' | 'reason'
  > {
  readonly task: number | string | undefined;
  readonly worker: string | undefined;
}

/** What lines can be sorted by. */
export const FAILURE_VIEW: View<FailureLine> = {
  columns: [
    { name: 'time', value: ({ sent }) => dateOf(sent) },
    { name: 'status', value: ({ status }) => status },
    { name: 'job', value: ({ name, job }) => name || job },
    { name: 'user', value: ({ user }) => user },
    { name: 'task', value: ({ task }) => task },
    { name: 'frames', value: ({ frames }) => frames },
    { name: 'worker', value: ({ worker }) => worker },
    { name: 'errors', value: ({ errors }) => errors },
    { name: 'reason', value: ({ reason }) => reason },
    { name: 'id', value: ({ job }) => job },
  ],
  always: [],
  further: [],
};

/** Jobs and tasks as lines, newest first, as they come. */
export function failureLines(
  jobs: AsyncIterable<JobSummary>,
  tasks: AsyncIterable<FailedTask>,
): AsyncGenerator<FailureLine> {
  return mergeNewestFirst(ofJobs(jobs), ofTasks(tasks));
}

async function* ofJobs(jobs: AsyncIterable<JobSummary>): AsyncGenerator<FailureLine> {
  for await (const { sent, job, name, user, status, frames, errors, reason } of jobs) {
    const [task, worker] = [undefined, undefined];
    yield { sent, job, task, name, user, status, frames, worker, errors, reason };
  }
}

async function* ofTasks(tasks: AsyncIterable<FailedTask>): AsyncGenerator<FailureLine> {
  for await (const each of tasks) yield taskLine(each);
}

export function taskLine({ task: row, job: its }: FailedTask): FailureLine {
  const { sent, job, task, status, frames, worker, errors, reason } = row;
  const { name, user } = its ?? {};
  return { sent, job, task, name, user, status, frames, worker, errors, reason };
}
