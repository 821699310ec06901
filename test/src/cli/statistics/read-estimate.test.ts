import { expect, test } from 'vitest';
import { jobSummary } from '../../../../src/cli/aws/row-summary.ts';
import { estimateRead } from '../../../../src/cli/statistics/read-estimate.ts';

test('a read is estimated by the tasks of its jobs, and what the history has of them', () => {
  const job = (NumberOfTasks: number) =>
    jobSummary({ job_id: 'x', job_details: { NumberOfTasks } });
  expect(estimateRead([jobSummary({ job_id: 'x' })], 'off')).toEqual({
    ...{ what: 'about 0 tasks of 1 job', tasks: 0, units: 0.5 },
  });
  const jobs = [job(10_000), job(1)];
  expect(estimateRead(jobs, 'off').units).toBeCloseTo(1_282, 0);
  expect(estimateRead(jobs, 'problems').units).toBeCloseTo(1_356, 0);
  expect(estimateRead(jobs, 'all')).toEqual({
    ...{ what: 'about 10,001 tasks of 2 jobs', tasks: 10_001 },
    units: expect.closeTo(2_088.4, 1),
  });
});
