import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, inject, test } from 'vitest';
import { NotificationRows } from '../../../../src/cli/aws/notification-rows.ts';
import type { StackOutputs } from '../../../../src/cli/aws/stack-outputs.ts';
import { readReport } from '../../../../src/cli/report/read-report.ts';
import type { Report } from '../../../../src/cli/report/report-model.ts';
import type { Session } from '../../../../src/cli/session.ts';
import { loadFarm } from '../../../../src/local/farm/load-farm.ts';
import { simulateFarm } from '../../../../src/local/farm/simulate-farm.ts';
import { historyAt } from '../../../support/history-at.ts';
import { plainSums } from '../../../support/plain-sums.ts';
import { stackToAsk, stoppedJob } from '../../../support/stack-to-ask.ts';
import { emptyTables, withoutIndexes } from '../../../support/test-tables.ts';

const HOUR = 3_600_000;
/** The end of the second of two nights. */
const MORNING = Date.now() - 2 * HOUR;
const NOW = { since: MORNING - 6 * HOUR, until: MORNING };
const BEFORE = { since: MORNING - 12 * HOUR, until: NOW.since };
const SPAN = optionsOf(NOW);
const folder = await mkdtemp(join(tmpdir(), 'report-'));
afterAll(() => rm(folder, { recursive: true }));

const { handler, deadline, onTerminal, asked, happened, proxy, client, outputs } = await stackToAsk(
  historyAt('problems'),
);
const farm = [
  ...simulateFarm({ seed: 5, end: BEFORE.until, hours: 6, jobs: 5 }),
  ...simulateFarm({ seed: 6, end: NOW.until, hours: 6, jobs: 6 }),
];
const EARLY = Math.round((Date.now() - BEFORE.since) / 60_000 + 60);
await happened([EARLY, stoppedJob('early', 'Completed')]);
// Some twice, and in disorder.
const delivered = [...farm, ...farm.filter((_, index) => index % 5 === 0)];
await loadFarm(
  delivered
    .map((each, index) => [(index * 7_919) % delivered.length, each] as const)
    .sort(([a], [b]) => a - b)
    .map(([, each]) => each),
  handler,
);

function optionsOf({ since, until }: typeof NOW): string[] {
  const [from, to] = [since, until].map((ms) => new Date(ms).toISOString()) as [string, string];
  return ['--since', from, '--until', to];
}

/** The figures of a report by their names. */
function figuresOf({ totals }: Report, key: 'now' | 'before') {
  return Object.fromEntries(totals.map((each) => [each.name, each[key]]));
}

describe('of a made-up night, the report has the plain sums over its notifications', async () => {
  const [report] = (await asked(['report', ...SPAN])) as unknown as [Report];
  const sums = plainSums(farm, NOW);
  const before = plainSums(farm, BEFORE, sums);

  test('in all, against the night before', () => {
    expect(figuresOf(report, 'now')).toEqual(sums.totals);
    expect(figuresOf(report, 'before')).toEqual(before.totals);
  });

  test('by department', () => {
    expect(report.shares.rows.map(({ name, renderSeconds }) => [name, renderSeconds])).toEqual(
      [...sums.departments].sort(([, a], [, b]) => b - a),
    );
    for (const { name, renderSecondsBefore } of report.shares.rows) {
      expect(renderSecondsBefore).toBe(before.departments.get(name ?? '') ?? 0);
    }
  });

  test('by machine', () => {
    for (const { worker, failed, requeued, wastedSeconds, renderSeconds } of report.machines.rows) {
      expect({ failed, requeued, wastedSeconds, renderSeconds }).toEqual(
        sums.machines.get(worker ?? ''),
      );
    }
    expect(report.machines.rows.length).toBeGreaterThan(3);
  });

  test('with the longest tasks, and all that failed', () => {
    expect(report.longest.map(({ renderSeconds }) => renderSeconds)).toEqual(sums.longest);
    expect(
      report.failed.jobs.map(({ job, failedTasks }) => [job, [...failedTasks].sort()]).sort(),
    ).toEqual([...sums.failed].sort());
  });
});

test('of a job that failed as the span began, the failed tasks are listed, and count once', async () => {
  const stop = farm.findLast(
    ({ body }) => 'JobDetails' in body && body.JobDetails.JobStatus === 'Failed',
  );
  const since = stop?.sent as number;
  const [now, earlier] = [
    { since, until: since + 2 * HOUR },
    { since: since - 2 * HOUR, until: since },
  ];
  const [report] = (await asked(['report', ...optionsOf(now)])) as unknown as [Report];
  const sums = plainSums(farm, now);
  const before = plainSums(farm, earlier, sums);
  expect(figuresOf(report, 'now')['failed tasks']).toBe(sums.totals['failed tasks']);
  expect(figuresOf(report, 'before')['failed tasks']).toBe(before.totals['failed tasks']);
  expect(before.totals['failed tasks']).toBeLessThan(
    plainSums(farm, earlier).totals['failed tasks'],
  );
  const listed = report.failed.jobs.flatMap(({ failedTasks }) => failedTasks);
  expect(report.headline).toMatch(RegExp(`^${listed.length} tasks failed in `));
});

test.for([
  ['text', /^\d+ tasks failed in \d+ jobs; .*\n/],
  ['md', /^## \d+ tasks failed in \d+ jobs/],
  ['html', /^<!doctype html>\n<html lang="en">/],
] as const)('prints %s, without a terminal, a question, or a color', async ([format, expected]) => {
  const { stdout, stderr, code } = await deadline(['report', ...SPAN, '--format', format]);
  expect(stdout).toMatch(expected);
  expect(stdout).not.toContain('\u001b');
  expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
});

test('on a terminal, is as wide as that', async () => {
  const { stdout } = await onTerminal(60, ['report', ...SPAN]);
  expect(Math.max(...stdout.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(60);
});

test('writes a file, in place of one that is there', async () => {
  const file = join(folder, 'night.html');
  for (const format of ['md', 'html']) {
    const { stdout, code } = await deadline([
      'report',
      ...SPAN,
      '--format',
      format,
      '--output',
      file,
    ]);
    expect({ stdout, code }).toEqual({ stdout: '', code: 0 });
  }
  expect(await readFile(file, 'utf8')).toMatch(/^<!doctype html>.*<\/html>\n$/s);
  expect(await readdir(folder)).toEqual(['night.html']);
});

test('says that a file cannot be written before anything is read', async () => {
  proxy.reset();
  const { stderr, code } = await deadline(['report', '--output', join(folder, 'none', 'a.html')]);
  expect(stderr).toContain('cannot be written: there is no such folder.');
  expect(code).toBe(74);
  expect(proxy.calls).toEqual([]);
});

test.for([
  [['--output', 'night.pdf'], 'The name night.pdf does not tell the format.'],
  [['--json', '--output', 'night.html'], 'Give either --json or an --output that does not'],
])('with %j, says what is wrong before anything is read', async ([options, message]) => {
  proxy.reset();
  const { stderr, code } = await deadline(['report', ...(options as string[])]);
  expect(stderr).toContain(message);
  expect(code).toBe(64);
  expect(proxy.calls).toEqual([]);
});

test('leaves no part of a file if something fails', async () => {
  const file = join(folder, 'other.html');
  const { code } = await deadline(['report', '--output', file, '--stack', 'Nowhere']);
  expect(code).toBe(69);
  expect(await readdir(folder)).not.toContain('other.html');
  expect((await readdir(folder)).filter((name) => name.startsWith('.'))).toEqual([]);
});

test('of the first night, says that there is nothing to compare with', async () => {
  const span = { since: BEFORE.since - 2 * HOUR, until: BEFORE.since };
  const [report] = await asked(['report', ...optionsOf(span)]);
  expect(report).toMatchObject({ before: null });
  expect(report?.notes).toContain('No job stopped before: there is nothing to compare with.');
});

test('where rows of the span before are gone, says so, and compares nothing', async () => {
  const { signal } = new AbortController();
  const stack = { ...outputs, RetentionDays: 1, History: 'off' } as unknown as StackOutputs;
  const rows = new NotificationRows(client, stack, signal);
  const session = { stackName: 'S', now: Date.now(), utc: true, signal } as Session;
  const since = Date.now() - 20 * HOUR;
  const report = await readReport({ stack, rows, entries: undefined }, { since }, false, session);
  expect(report?.before).toBeNull();
  expect(report?.notes[0]).toBe('Rows are kept for 1 day, so the 20 h before are not known.');
});

test('what costs more than a cent is read only if somebody agrees', async () => {
  const huge = { NumberOfTasks: 3_000_000, JobName: 'huge' };
  await happened([1, stoppedJob('huge', 'Completed', huge)]);
  const file = join(folder, 'refused.html');
  const refused = await deadline(['report', '--since', '5m', '--output', file]);
  expect(refused.stderr).toMatch(
    /This reads about 3,000,000 tasks of 1 job: some [\d,]+ read units, \$0\.0\d\..*use --yes\.\n$/s,
  );
  expect(refused).toMatchObject({ stdout: '', code: 1 });
  expect(await readdir(folder)).toEqual(['night.html']);
  const { stdout, code } = await deadline(['report', '--since', '5m', '--yes']);
  expect(stdout).toContain('Nothing failed; 1 job stopped');
  expect(code).toBe(0);
});

test('without an index, says what to do', async () => {
  const bare = await emptyTables(inject('dynamoDbEndpoint'), withoutIndexes(inject('template')));
  const { stdout, stderr, code } = await deadline(['report'], bare.environment);
  expect(stderr).toContain('The table DeadlineJobNotifications has no index by-time.');
  expect({ stdout, code }).toEqual({ stdout: '', code: 78 });
});
