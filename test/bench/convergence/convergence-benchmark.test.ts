import { expect, test } from 'vitest';
import { report } from '../../../bench/convergence/convergence-benchmark.ts';
import type { Table } from '../../../bench/markdown.ts';

const result = {
  rows: 100,
  stale: [] as string[],
  missing: [] as string[],
  entries: { missing: [] as string[], doubled: [] as string[] },
  misled: 1,
  deliveries: 700,
  invocations: 10,
  killed: 2,
  failures: 30,
  reads: 400,
  writes: 200,
  lostRaces: 5,
};
const stale = { ...result, stale: ['job-1', 'job-2/7'] };

test('sums up the seeds of each writer', () => {
  const { blocks, problems } = report(
    [4, 5],
    [
      { writer: 'unconditional', results: [stale, stale] },
      { writer: 'by timestamp', results: [result, result] },
    ],
  );
  const [{ title, rows }] = blocks as [Table];
  expect(title).toBe('Seeds 4 to 5, 3,000 tasks each');
  expect(rows).toMatchObject([
    { writer: 'unconditional', 'stale rows': 4, 'stale rows, %': 2, rows: 200 },
    { writer: 'by timestamp', 'stale rows': 0, 'misled, %': 1, deliveries: 1_400, killed: 4 },
  ]);
  expect(problems).toEqual([]);
});

test('an entry that is missing or doubled is a problem', () => {
  const wrong = { ...result, entries: { missing: ['job-1 at 3'], doubled: ['job-2 at 4'] } };
  const { blocks, problems } = report([5], [{ writer: 'by timestamp', results: [wrong] }]);
  expect(blocks).toMatchObject([{ rows: [{ 'entries missing': 1, 'entries doubled': 1 }] }]);
  expect(problems?.[0]).toContain('1 entries are missing and 1 doubled, such as job-1 at 3.');
});

test('a stale or missing row of ours is a problem, reported with the command that repeats it', () => {
  const wrong = { ...stale, missing: ['job-3'] };
  const all = [
    { writer: 'by sent_timestamp', results: [result, result] },
    { writer: 'by timestamp', results: [result, wrong] },
  ] as const;
  expect(report([4, 5], all).problems).toEqual([
    'Seed 5, by timestamp: 2 rows are stale and 1 missing, 0 entries are missing and 0 doubled, such as job-1. To repeat it: npm run bench -- convergence --seeds 5',
  ]);
  expect(report([9], [{ writer: 'unconditional', results: [stale] }]).blocks).toMatchObject([
    { title: /^Seed 9,/ },
  ]);
});
