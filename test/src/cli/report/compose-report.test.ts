import { expect, test } from 'vitest';
import { jsonLine } from '../../../../src/cli/output.ts';
import type { Report } from '../../../../src/cli/report/report-model.ts';
import {
  BAD_NIGHT,
  GOOD_NIGHT,
  type MadeUpJob,
  MORNING,
  manyJobs,
  reportOf,
} from '../../../support/made-up-report.ts';

/** Failed jobs, each of its own department and on its own worker, with a task of this status or without one. */
function jobsOfAll(count: number, status: string): MadeUpJob[] {
  return Array.from({ length: count }, (_, index) => {
    const task = [status, `render-${index}`, 3_600, { requeued: 1 }] as const;
    const department = `department-${index}`;
    return { name: 'a', status: 'Failed', department, tasks: status === 'none' ? [] : [task] };
  });
}

test('a bad night: what failed, by whom and where, against the night before', () => {
  const report = reportOf(BAD_NIGHT, GOOD_NIGHT);
  expect(report.headline).toBe('9 tasks failed in 3 jobs; 1 of 2 jobs that stopped failed');
  expect(report.sentences).toEqual([
    'No task failed in the 24 h before.',
    '3.2 h rendered, 28 % more (2.5 h before).',
    'render-035 has 7 of 9: look at the machine.',
  ]);
  expect(report.failed.jobs).toMatchObject([
    {
      ...{ name: 'sq040_sh0310_cache_v003', status: 'Failed', user: 'fx-3', tasks: 8 },
      ...{ failedTasks: [0, 1, 2, 3, 4, 5, 6], frames: '1-7', reason: 'No license' },
      workers: [
        ['render-035', 5],
        ['render-005', 1],
        ['render-006', 1],
      ],
    },
    { name: null, status: 'Rendering', user: null, tasks: null, frames: '1' },
    { name: 'sq020_sh0350_comp_v024', status: 'Completed', failedTasks: [0], reason: null },
  ]);
  expect(report.machines.rows).toEqual([
    { worker: 'render-035', failed: 7, requeued: 5, wastedSeconds: 1_003, renderSeconds: 503 },
    { worker: 'render-005', failed: 1, requeued: 1, wastedSeconds: 200, renderSeconds: 100 },
    { worker: 'render-006', failed: 1, requeued: 1, wastedSeconds: 200, renderSeconds: 100 },
  ]);
  expect(report.longest[0]).toMatchObject({ task: 7, worker: 'render-001', renderSeconds: 7_200 });
  expect(report.shares).toEqual({
    by: 'department',
    rows: [
      {
        ...{ name: 'fx', jobs: 1, renderSeconds: 7_900, renderSecondsBefore: 0 },
        change: 'none before',
      },
      {
        ...{ name: 'comp', jobs: 1, renderSeconds: 3_603, renderSecondsBefore: 0 },
        change: 'none before',
      },
      {
        ...{ name: 'lighting', jobs: 0, renderSeconds: 0, renderSecondsBefore: 9_000 },
        change: 'none now',
      },
    ],
    more: null,
  });
});

test('totals are compared, and those that are always 0 are left out', () => {
  const { totals } = reportOf(BAD_NIGHT, GOOD_NIGHT);
  expect(totals.filter(({ isFailure }) => isFailure).map(({ name }) => name)).toEqual([
    'failed jobs',
    'failed tasks',
  ]);
  expect(totals.map(({ isFailure, ...each }) => Object.values(each))).toEqual([
    ['jobs', 'count', 2, 1, '1 more'],
    ['completed jobs', 'count', 1, 1, 'the same'],
    ['failed jobs', 'count', 1, 0, 'none before'],
    ['failed tasks', 'count', 9, 0, 'none before'],
    ['requeued tries', 'count', 7, 0, 'none before'],
    ['rendered', 'seconds', 11_503, 9_000, '28 % more'],
    ['wasted', 'seconds', 1_403, 0, 'none before'],
    ['errors', 'count', 0, 0, 'the same'],
    ['output', 'bytes', 10_000_000, 2_000_000, '5.0 times as much'],
  ]);
});

test('nothing is a failure where none failed, and sections have titles', () => {
  const { totals, titles } = reportOf(GOOD_NIGHT, BAD_NIGHT);
  expect(totals.some(({ isFailure }) => isFailure)).toBe(false);
  expect(titles).toEqual({
    ...{ failed: 'What failed', totals: 'In all', shares: 'Render time by department' },
    ...{ machines: 'The worst machines', longest: 'The longest tasks' },
  });
});

test.for([
  ['nothing', [], 'No job stopped, and nothing failed'],
  ['success', GOOD_NIGHT, 'Nothing failed; 1 job stopped'],
  [
    'a failed job without failed tasks',
    [{ name: 'a', status: 'Failed', tasks: [] }],
    '1 of 1 job that stopped failed',
  ],
  ['1,015 of them', jobsOfAll(1_015, 'none'), '1,015 of 1,015 jobs that stopped failed'],
  [
    'a job that still renders',
    [{ name: '', tasks: [['Failed', 'render-001', 1] as const] }],
    '1 task failed in 1 job; no job stopped',
  ],
] as const)('the headline of a night of %s', ([, night, expected]) => {
  expect(reportOf(night, []).headline).toBe(expected);
});

test.for([
  [9, 9, 'As many tasks failed as in the 24 h before.'],
  [1, 9, '8 fewer tasks failed than in the 24 h before (9).'],
  [3, 2, '1 more task failed than in the 24 h before (2).'],
  [0, 0, 'No task failed in the 24 h before, either.'],
] as const)('%d failed tasks against %d', ([now, before, expected]) => {
  const night = (failed: number) => [
    {
      ...{ name: 'a', status: 'Failed' },
      tasks: Array.from({ length: failed }, () => ['Failed', 'render-001', 1] as const),
    },
  ];
  expect(reportOf(night(now), night(before)).sentences[0]).toBe(expected);
});

test('what is not known is null, and is said', () => {
  const report = reportOf(BAD_NIGHT, undefined, {
    before: 'expired',
    retentionDays: 1,
    historySince: null,
  });
  expect(report.before).toBeNull();
  expect(report.totals.every(({ before, change }) => before === null && change === null)).toBe(
    true,
  );
  expect(report.totals.map(({ name }) => name)).not.toContain('wasted');
  expect(report.machines.rows[0]).toMatchObject({ requeued: null, wastedSeconds: null });
  expect(report.notes).toEqual([
    'Rows are kept for 1 day, so the 24 h before are not known.',
    'The history is off, so requeues and wasted hours are not known.',
  ]);
});

test('of a machine that failed only in jobs that still render, no more is known', () => {
  const [renders, stopped] = [BAD_NIGHT[2], BAD_NIGHT[1]] as [MadeUpJob, MadeUpJob];
  const { machines, hasHistory } = reportOf([renders], []);
  expect(machines.rows).toEqual([
    {
      ...{ worker: 'render-035', failed: 1 },
      ...{ requeued: null, wastedSeconds: null, renderSeconds: null },
    },
  ]);
  expect(hasHistory).toBe(true);
  expect(reportOf([renders, stopped], []).machines.rows).toEqual([
    { worker: 'render-035', failed: 2, requeued: 0, wastedSeconds: 3, renderSeconds: 3 },
  ]);
});

test('what a job without rows of its tasks took is not known, and that of no job is 0', () => {
  const job = { name: 'a', status: 'Completed', department: 'lighting', tasks: [] };
  const report = reportOf([job], GOOD_NIGHT);
  const rendered = (of: Report) => of.totals.find(({ name }) => name === 'rendered');
  expect(rendered(report)).toMatchObject({ now: null, before: 9_000, change: null });
  expect(report.shares.rows).toMatchObject([
    { name: 'lighting', jobs: 1, renderSeconds: null, renderSecondsBefore: 9_000, change: null },
  ]);
  expect(report.sentences).toEqual(['No task failed in the 24 h before, either.']);
  expect(rendered(reportOf(GOOD_NIGHT, [job]))).toMatchObject({ now: 9_000, before: null });
  expect(rendered(reportOf([], GOOD_NIGHT))).toMatchObject({ now: 0, change: 'none now' });
});

test('where the history began meanwhile, says since when, and compares nothing of it', () => {
  const report = reportOf(BAD_NIGHT, GOOD_NIGHT, { historySince: MORNING - 3_600_000 });
  expect(report.totals.find(({ name }) => name === 'wasted')).toMatchObject({
    ...{ now: 1_403, before: null, change: null },
  });
  expect(report.notes.at(-1)).toBe(
    'The history begins on Nov 25 at 06:42: requeues and wasted hours before that are not known.',
  );
});

const HOUR = 3_600_000;
const BEGIN = expect.stringMatching(/^The history begins on Nov 2/);

// Jobs stopped up to 3 min before the end of their span, after 2 h.
test.for([
  ['before all jobs', 27, {}, true, true, []],
  ['before the span, and after a job began', 25, { hours: 30 }, true, false, [BEGIN]],
  ['while the jobs before ran', 25, {}, true, false, [BEGIN]],
  ['after the jobs before, in the span', 23, {}, true, false, [BEGIN]],
  ['while the jobs ran', 1, {}, true, false, [BEGIN]],
  ['after the jobs, in the span', 0.01, {}, false, false, [BEGIN]],
  ['after the span', -1, {}, false, false, [BEGIN]],
] as const)('a history that began %s', ([, hoursAgo, changes, hasNow, hasBefore, expected]) => {
  const night = BAD_NIGHT.map((job) => ({ ...job, ...changes }));
  const report = reportOf(night, GOOD_NIGHT, { historySince: MORNING - hoursAgo * HOUR });
  expect(report.hasHistory).toBe(hasNow);
  for (const name of ['wasted', 'requeued tries']) {
    const total = report.totals.find((each) => each.name === name);
    expect(total?.now != null).toBe(hasNow);
    expect(total?.before != null).toBe(hasBefore);
    expect(total?.change != null).toBe(hasNow && hasBefore);
  }
  expect(report.machines.rows.some(({ requeued }) => requeued !== null)).toBe(hasNow);
  expect(report.notes.slice(1)).toEqual(expected);
});

test('what is known in part is not compared', () => {
  const night = BAD_NIGHT.map((job) => ({ ...job, hours: 30 }));
  const { totals, notes } = reportOf(night, GOOD_NIGHT, { historySince: MORNING - 27 * HOUR });
  expect(totals.find(({ name }) => name === 'wasted')).toMatchObject({
    ...{ now: 1_403, before: 0, change: null },
  });
  expect(notes.slice(1)).toEqual([BEGIN]);
});

test.for([
  [{ before: 'none' }, 'No job stopped before: there is nothing to compare with.'],
  [
    { before: { first: MORNING - 30 * 3_600_000 } },
    'The first job stopped on Nov 24 at 01:42, so not all of the 24 h before is known.',
  ],
  [
    { rowsSince: MORNING - 3_600_000, retentionDays: 30, before: 'expired' },
    'Rows are kept for 30 days: what came before Nov 25 at 06:42 is gone.',
  ],
] as const)('of a span that is not whole, %j, says why', ([unknowns, expected]) => {
  expect(reportOf(GOOD_NIGHT, undefined, unknowns).notes[0]).toBe(expected);
});

test('a job without a department has none, unless no job has one: then it is by user', () => {
  const [first] = BAD_NIGHT;
  if (first === undefined) throw new Error('no job');
  const { department: _, ...bare } = first;
  expect(reportOf([bare, ...GOOD_NIGHT]).shares.rows.map(({ name }) => name)).toEqual([
    'lighting',
    null,
  ]);
  expect(reportOf([bare]).shares).toMatchObject({ by: 'user', rows: [{ name: 'fx-3' }] });
});

test('of 400 failed jobs, says how many are not listed, with sums', () => {
  const report = reportOf(manyJobs(400), []);
  expect(report.failed.jobs).toHaveLength(15);
  expect(report.failed.more).toBe('385 more jobs with 7,700 failed tasks.');
  expect(report.shares.rows).toHaveLength(10);
  expect(report.shares.more).toMatch(/^30 more, .* h together\.$/);
  expect(report.machines.rows).toHaveLength(8);
  expect(report.machines.more).toMatch(/^82 more machines with [\d,]+ failed tasks\.$/);
});

test.for([
  [15, 'Failed', null, '7 more machines with 7 failed tasks.', '5 more, 5.0 h together.'],
  [
    ...([16, 'Failed', '1 more job with 1 failed task.'] as const),
    ...(['8 more machines with 8 failed tasks.', '6 more, 6.0 h together.'] as const),
  ],
  [17, 'none', '2 more jobs.', null, '7 more.'],
  [16, 'none', '1 more job.', null, '6 more.'],
  [11, 'Completed', null, '3 more machines.', '1 more, 1.0 h.'],
  [9, 'Completed', null, '1 more machine.', null],
  [9, 'Failed', null, '1 more machine with 1 failed task.', null],
  [8, 'Failed', null, null, null],
  [1_015, 'none', '1,000 more jobs.', null, '1,005 more.'],
] as const)(
  'of %d jobs (their tasks: %s), what is not listed is said',
  ([count, status, ...expected]) => {
    const { failed, machines, shares } = reportOf(jobsOfAll(count, status), []);
    expect([failed.more, machines.more, shares.more]).toEqual(expected);
  },
);

test('as JSON, times are in ISO 8601, and all else is as it was', () => {
  const report = reportOf(BAD_NIGHT, GOOD_NIGHT);
  const parsed = JSON.parse(jsonLine(report));
  expect(parsed).toMatchObject({
    ...{ since: '2026-11-24T07:42:00.000Z', until: '2026-11-25T07:42:00.000Z' },
    before: { since: '2026-11-23T07:42:00.000Z' },
    ...{ totals: report.totals, shares: report.shares, machines: report.machines },
  });
  expect(parsed.failed.jobs[0].newest).toBe('2026-11-25T07:40:59.000Z');
});
