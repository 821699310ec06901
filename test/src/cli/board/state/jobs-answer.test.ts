import { expect, test } from 'vitest';
import { jobSummary } from '../../../../../src/cli/aws/row-summary.ts';
import { type JobsQuery, jobsAnswer } from '../../../../../src/cli/board/state/jobs-answer.ts';

const NO_FAILURES = { byJob: new Map(), since: 0 };
const job = (id: string, sent: number, details: object = {}) =>
  jobSummary({
    ...{ job_id: id, sent_timestamp: sent },
    job_details: { JobName: `shot_${id}`, JobStatus: 'Completed', ...details },
    notification_info: { Name: 'JobStoppedNotification' },
  });
const JOBS = [
  job('6b01', 100, { UserName: 'comp-1', Department: 'comp', PluginName: 'Nuke' }),
  job('6b02', 200, { UserName: 'fx-1', Department: 'fx', JobStatus: 'Failed' }),
  job('6b03', 300, { UserName: 'FX-2', Department: 'fx' }),
  job('6b04', 300, { UserName: 'fx-2', Pool: 'big' }),
];
const ids = (query: JobsQuery) =>
  jobsAnswer(JOBS, { since: 0, ...query }, NO_FAILURES).jobs.map((each) => each.job);

test.for<[JobsQuery, string[]]>([
  [{}, ['6b03', '6b04', '6b02', '6b01']],
  [{ user: ['fx-2'] }, ['6b03', '6b04']],
  [{ user: ['fx-*'], status: ['Failed'] }, ['6b02']],
  [{ department: ['fx', 'comp'], status: ['Completed'] }, ['6b03', '6b01']],
  [{ text: 'SHOT_6b0' }, ['6b03', '6b04', '6b02', '6b01']],
  [{ text: '6B01' }, ['6b01']],
  [{ text: 'b02' }, ['6b02']],
  [{ since: 200, until: 300 }, ['6b02']],
  [{ since: 301 }, []],
  [{ after: '300/6b03' }, ['6b04', '6b02', '6b01']],
  [{ after: '250/gone' }, ['6b02', '6b01']],
])('%o: %o', ([query, expected]) => {
  expect(ids(query)).toEqual(expected);
});

test('if no job fits, it says how many would without each filter', () => {
  const answer = jobsAnswer(JOBS, { since: 0, user: ['fx-1'], department: ['comp'] }, NO_FAILURES);
  expect(answer).toMatchObject({ fitting: 0, total: 4, without: { user: 1, department: 1 } });
});

test('values are counted among the jobs that fit all other filters', () => {
  const { values } = jobsAnswer(
    JOBS,
    { since: 0, status: ['Completed'], user: ['fx-2'] },
    NO_FAILURES,
  );
  expect(values.user).toEqual([
    ['comp-1', 1],
    ['fx-2', 1],
    ['FX-2', 1],
  ]);
  expect(values.status).toEqual([['Completed', 2]]);
});

test('a thousand jobs are two pages', () => {
  const many = Array.from({ length: 1_000 }, (_, index) => job(`${index}`, 1_000 + index));
  const first = jobsAnswer(many, { since: 0 }, NO_FAILURES);
  const second = jobsAnswer(many, { since: 0, after: first.after as string }, NO_FAILURES);
  expect([first.jobs.length, second.jobs.length, second.after]).toEqual([500, 500, null]);
  expect(new Set([...first.jobs, ...second.jobs].map((each) => each.job)).size).toBe(1_000);
});
