import { expect, test } from 'vitest';
import { jobSummary } from '../../../../../src/cli/aws/row-summary.ts';
import { type JobsQuery, jobsAnswer } from '../../../../../src/cli/board/state/jobs-answer.ts';

const NO_FAILURES = { byJob: new Map(), since: 0 };
const job = (id: string, sent: number) =>
  jobSummary({
    ...{ job_id: id, sent_timestamp: sent },
    job_details: { JobName: `shot_${id}`, JobStatus: 'Completed' },
    notification_info: { Name: 'JobStoppedNotification' },
  });
const JOBS = [job('6b01', 100), job('6b02', 200), job('6b03', 300), job('6b04', 300)];
const ids = (query: JobsQuery) =>
  jobsAnswer(JOBS, { since: 0, ...query }, NO_FAILURES).jobs.map((each) => each.job);

test.for<[JobsQuery, string[]]>([
  [{}, ['6b03', '6b04', '6b02', '6b01']],
  [{ since: 200, until: 300 }, ['6b02']],
  [{ since: 301 }, []],
  [{ after: '300/6b03' }, ['6b04', '6b02', '6b01']],
  [{ after: '250/gone' }, ['6b02', '6b01']],
])('%o: %o', ([query, expected]) => {
  expect(ids(query)).toEqual(expected);
});

test('two thousand jobs are two pages', () => {
  const many = Array.from({ length: 2_000 }, (_, index) => job(`${index}`, 1_000 + index));
  const first = jobsAnswer(many, { since: 0 }, NO_FAILURES);
  const second = jobsAnswer(many, { since: 0, after: first.after as string }, NO_FAILURES);
  expect([first.jobs.length, second.jobs.length, second.after]).toEqual([1_000, 1_000, null]);
  expect(new Set([...first.jobs, ...second.jobs].map((each) => each.job)).size).toBe(2_000);
});
