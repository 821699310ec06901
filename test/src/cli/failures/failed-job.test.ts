import { expect, test } from 'vitest';
import { jobSummary, taskSummary } from '../../../../src/cli/aws/row-summary.ts';
import { failedJobs } from '../../../../src/cli/failures/failed-job.ts';

const MINUTE = 60_000;
const job = (job_id: string, JobStatus: string, minute: number) =>
  jobSummary({
    job_id,
    sent_timestamp: minute * MINUTE,
    task_type: 'JobStoppedNotification',
    job_details: { JobStatus },
  });
const task = (job_id: string, minute: number) =>
  taskSummary({ job_id, task_id: minute, sent_timestamp: minute * MINUTE });

test('jobs are in sections, the newest first in each, with their tasks', () => {
  const failed = job('failed', 'Failed', 50);
  const all = failedJobs(
    [failed, job('alone', 'Failed', 60)],
    [
      { task: task('running', 90), job: undefined },
      { task: task('resumed', 80), job: job('resumed', 'Completed', 70) },
      { task: task('done', 71), job: job('done', 'Completed', 70) },
      { task: task('failed', 49), job: failed },
      { task: task('deleted', 45), job: job('deleted', 'Active', 46) },
      { task: task('failed', 40), job: failed },
      { task: task('paused', 30), job: job('paused', 'Suspended', 31) },
      {
        task: task('odd', 20),
        job: jobSummary({ job_id: 'odd', job_details: { JobStatus: 'Active' } }),
      },
    ],
  );
  expect(
    all.map(({ id, status, tasks, newest = 0, oldest = 0 }) => [
      id,
      status,
      tasks.length,
      oldest / MINUTE,
      newest / MINUTE,
    ]),
  ).toEqual([
    ['alone', 'Failed', 0, 60, 60],
    ['failed', 'Failed', 2, 40, 49],
    ['running', 'Rendering', 1, 90, 90],
    ['resumed', 'Rendering', 1, 80, 80],
    ['odd', 'Rendering', 1, 20, 20],
    ['paused', 'Suspended', 1, 30, 30],
    ['done', 'Completed', 1, 71, 71],
    ['deleted', 'Deleted', 1, 45, 45],
  ]);
});
