import fc from 'fast-check';
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { type JobSummary, jobSummary, taskSummary } from '../../../../src/cli/aws/row-summary.ts';
import { jobLines } from '../../../../src/cli/job/job-view.ts';
import { taskOverview } from '../../../../src/cli/job/task-overview.ts';
import type { Screen } from '../../../../src/terminal/screen.ts';

const at = (time: string) => Date.parse(`2026-11-25T${time}Z`);
const SCREEN: Screen = { isTerminal: true, width: 80, isUtf8: true, isColored: false };
const NOW = at('07:42:40');

const ID = '6b067e72f6ac6ffc9125246d';
const JOB: JobSummary = {
  ...jobSummary({ job_id: ID }),
  name: 'sq040_sh0310_cache_v003',
  user: 'fx-3',
  department: 'fx',
  plugin: 'Houdini',
  pool: 'fx',
  group: 'highmem',
  priority: 60,
  status: 'Failed',
  deadlineStatus: 'Failed',
  reason: 'Job has failed',
  notification: 'JobStoppedNotification',
  frames: '1001-1081',
  tasks: 41,
  errors: 12,
  submitted: at('01:21:38.500'),
  started: at('01:21:48'),
  sent: at('01:47:23'),
};

const TASK = taskSummary({ job_id: ID, task_id: 0 });

/** Tasks by id, of two frames each, from 1001 on. */
async function* tasksOf(statuses: readonly string[]) {
  for (const [task, status] of statuses.entries()) {
    const frames = `${1_001 + 2 * task}-${1_002 + 2 * task}`;
    const worker = task < 15 ? 'render-035' : `render-0${task}`;
    yield { ...TASK, task, status, frames, worker, sent: at('01:47:23') };
  }
}

const times = (count: number, status: string) => Array.from({ length: count }, () => status);
const FAILED_JOB = [...times(13, 'Completed'), ...times(7, 'Failed')];

async function lines(
  found: JobSummary | undefined,
  statuses: readonly string[],
  screen: Partial<Screen> = {},
  isWide = false,
): Promise<string[]> {
  const tasks = await taskOverview(tasksOf(statuses), found?.sent);
  const view = { screen: { ...SCREEN, ...screen }, now: NOW, utc: true };
  return jobLines({ id: ID, found, tasks, hasHistory: true }, view, isWide);
}

test('a failed job at 80 columns', async () => {
  expect(`\n${(await lines(JOB, FAILED_JOB)).join('\n')}\n`).toBe(`
sq040_sh0310_cache_v003  ✗ Failed
Job has failed at 01:47:23, 5 h 55 min ago. Times in UTC.
user        fx-3, department fx            submitted  01:21:38
plugin      Houdini, pool fx, batch none   started    01:21:48, after 0:09
priority    60, group highmem              ran for    25:35, 12 errors
tasks       7 of 41 failed, 13 completed, 21 nothing came
            1001 ─────────────✗✗✗✗✗✗✗····················· 1081
            ─ completed  ✗ failed  · nothing came
failed      1027-1040   (14 frames, tasks 13-19)
workers     render-035 ×2, 5 others, one each
id          6b067e72f6ac6ffc9125246d       newest     01:47:23, job and tasks
next        deadline-notifications tasks 6b067e72 --status Failed
            deadline-notifications history 6b067e72 --task 13
`);
});

test('at 60 columns, what was on the right is below, and the strip is of runs of tasks', async () => {
  const batch = 'sq040_sh0310_a_batch_with_a_name_that_is_long_v003';
  const shown = await lines(
    { ...JOB, batch, reason: `${'a reason of its own '.repeat(9)}.` },
    FAILED_JOB,
    {
      width: 60,
    },
  );
  expect(`\n${shown.join('\n')}\n`).toBe(
    `
sq040_sh0310_cache_v003  ✗ Failed
Stopped at 01:47:23, 5 h 55 min ago. Times in UTC.
user        fx-3, department fx
plugin      Houdini, pool fx
batch       sq040_sh0310_a_batch_with_a_name_that_is_l…_v003
priority    60, group highmem
submitted   01:21:38
started     01:21:48, after 0:09
ran for     25:35, 12 errors
reason      a reason of its own a reason of its own a reaso…
tasks       7 of 41 failed, 13 completed, 21 nothing came
            1001 ──────✗✗✗✗·········── 1081
`
      .replace('✗✗✗✗·········──', '✗✗✗✗···········')
      .trimEnd() +
      `
            1 character: 2 tasks  ─ completed  ✗ failed
            · nothing came
failed      1027-1040   (14 frames, tasks 13-19)
workers     render-035 ×2, 5 others, one each
id          6b067e72f6ac6ffc9125246d
newest      01:47:23, job and tasks
next  deadline-notifications tasks 6b067e72 --status Failed
      deadline-notifications history 6b067e72 --task 13
`,
  );
});

test('in ASCII, every mark has a letter, and nothing came is a dot', async () => {
  const statuses = ['Completed', 'Failed', 'Suspended', 'Queued', 'Pending', 'Rendering'];
  const { withoutSymbols } = await import('../../../../src/terminal/symbols.ts');
  const shown = await lines({ ...JOB, tasks: 8 }, statuses, { isUtf8: false });
  const ascii = shown.map(withoutSymbols);
  expect(ascii[6]).toBe('            1001 -FSQ?R.. 1081');
  expect(ascii.slice(7, 9)).toEqual([
    '            - completed  F failed  S suspended  Q requeued  R rendering  ? other',
    '            . nothing came',
  ]);
});

test('color is for the status, the failed, and the marks', async () => {
  const [title, , , , , tasks, strip] = await lines(JOB, FAILED_JOB, { isColored: true });
  expect(title).toBe('sq040_sh0310_cache_v003  \u001b[1m\u001b[31m✗ Failed\u001b[39m\u001b[22m');
  expect(tasks).toContain('\u001b[1m\u001b[31m7\u001b[39m\u001b[22m of 41 failed, ');
  expect(strip).toContain('1001 ─────────────\u001b[1m');
});

test('a job whose stop is all that is known', async () => {
  const bare = { ...jobSummary({ job_id: ID }), notification: 'JobStoppedNotification' };
  expect(`\n${(await lines(bare, [])).join('\n')}\n`).toBe(`
6b067e72f6ac6ffc9125246d  · unknown
Stopped at an unknown time. Times in UTC.
user        none, department none          submitted  –
plugin      none, pool none, batch none    started    –
priority    –, group none                  ran for    –
tasks       nothing came
id          6b067e72f6ac6ffc9125246d       newest     –
`);
});

test('an id that is not of Deadline is not cut, either', async () => {
  const id = 'an-id-of-another-program-that-is-long';
  const tasks = await taskOverview(tasksOf([]), JOB.sent);
  const view = { screen: SCREEN, now: NOW, utc: true };
  const shown = jobLines({ id, found: { ...JOB, job: id }, tasks, hasHistory: true }, view, false);
  expect(shown.slice(-2)).toEqual([`id          ${id}`, 'newest      01:47:23, job']);
});

test('with --wide, nothing is cut', async () => {
  const name = `${'long_'.repeat(30)}v001`;
  const statuses = Array.from({ length: 900 }, (_, id) => (id % 2 ? 'Failed' : 'Completed'));
  const [title, , ...others] = await lines({ ...JOB, name, tasks: 900 }, statuses, {}, true);
  expect(title).toBe(`${name}  ✗ Failed`);
  expect(others.join('\n')).toMatch(
    /^failed {6}1003-1004, .*2799-2800 {3}\(900 frames, 450 tasks\)$/m,
  );
  expect(others.join('\n')).not.toContain('…');
});

test('any job fits any terminal, with whole ids and calls', async () => {
  const text = fc.oneof(
    fc.string({
      unit: fc.constantFrom(...'ab_.-夜é\u0301\u202e\n\u001b\u009b…✗', '👩‍👩‍👧'),
      maxLength: 60,
    }),
    fc.constantFrom(
      'none',
      '夜景の灯火_第三幕_ランタンの行列_v012',
      '👩‍👩‍👧'.repeat(20),
      `${'x_'.repeat(50)}v1`,
    ),
  );
  const status = fc.constantFrom('Completed', 'Failed', 'Rendering', 'Queued', 'Odd');
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        name: text,
        user: text,
        department: text,
        plugin: text,
        pool: text,
        batch: text,
        reason: text,
      }),
      fc.constantFrom('Failed', 'Deleted', 'Completed', undefined),
      fc.array(status, { maxLength: 130 }),
      fc.integer({ min: 60, max: 200 }),
      fc.boolean(),
      async (texts, stop, statuses, width, isUtf8) => {
        const found = stop && { ...JOB, ...texts, status: stop, deadlineStatus: texts.user };
        const shown = await lines(found, statuses, { width, isUtf8 });
        for (const line of shown) {
          expect(stringWidth(line), line).toBeLessThanOrEqual(width);
          expect(line).not.toMatch(/\p{Cc}/u);
        }
        expect(shown.filter((line) => line.includes(ID)).length).toBeGreaterThan(0);
      },
    ),
    { numRuns: 25 },
  );
});
