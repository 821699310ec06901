import { expect, test } from 'vitest';
import { bill, cost } from '../../../bench/cost/bill.ts';
import type { Basis } from '../../../bench/cost/cost-inputs.ts';
import { showCost } from '../../../bench/cost/monthly-cost.ts';
import { PRICES } from '../../../bench/cost/prices.ts';

const basis: Basis = {
  startedBytes: 911,
  stoppedBytes: 989,
  pointInTimeRecovery: true,
  memoryMiB: 512,
  batchSize: 500,
  batchingWindow: 5,
  cpu: 0.000_18,
  logBytes: 640,
  logBytesEach: 9,
  logDays: 30,
  customMetrics: 14,
  alarmMetrics: 12,
  dashboards: 1,
};

const costs = (notifications: number, changed: Partial<Basis> = {}) =>
  Object.fromEntries(
    bill({ ...basis, ...changed }).map((line) => [line.what, cost(line, notifications)]),
  );

test('a million notifications cost what a person reckons by hand', () => {
  const reckoned = {
    'DynamoDB writes': 0.625, // 1,000,000 units
    'DynamoDB index of failed tasks': 0.0125, // 10,000 tasks, put and taken out: 20,000 units
    'DynamoDB reads': 0.125, // 1,000,000 units
    'DynamoDB storage': 0.136_125, // 500,000 rows of 1,089 bytes: 0.5445 GB, $0.25 each
    'DynamoDB backups (PITR)': 0.1089, // the same, $0.20 each
    'SQS requests': 0.48, // 1,200,000
    'SQS polling while idle': 0.2628, // 5 × 2,628,000 s / 20 s: 657,000 requests
    'Lambda requests': 0.0438, // five each minute: 219,000
    'Lambda duration': 0.077_146_5, // 10,950 s of waiting and 621.914 s of work, of half a GB
    'CloudWatch logs, written': 0.140_28, // 219,000 times 1,240 bytes and 9 MB: 0.28056 GB, $0.50 each
    'CloudWatch logs, kept': 0.008_302, // the same for 720 of 730 hours, $0.03 each
    'CloudWatch metrics': 4.2, // 14, $0.30 each
    'CloudWatch alarms': 1.2, // 12, $0.10 each
    'CloudWatch dashboards': 3,
  };
  const got = costs(1_000_000);
  expect(Object.keys(got).toSorted()).toEqual(Object.keys(reckoned).toSorted());
  for (const [what, usd] of Object.entries(reckoned)) expect(got[what], what).toBeCloseTo(usd, 6);
});

test('full batches are invocations of their own where there are more than five a minute', () => {
  expect(costs(1_000)['Lambda requests']).toBeCloseTo(0.0002, 9); // one each
  expect(costs(1_000_000_000)['Lambda requests']).toBeCloseTo(0.4, 9); // 2,000,000
});

test('an item that passes a unit takes the next one, before or after an update', () => {
  const writes = (startedBytes: number, stoppedBytes: number) =>
    costs(1_000_000, { startedBytes, stoppedBytes })['DynamoDB writes'];
  expect(writes(1_024, 1_024)).toBeCloseTo(0.625, 9);
  expect(writes(1_024, 1_025)).toBeCloseTo(0.9375, 9);
  expect(writes(1_025, 1_024)).toBeCloseTo(1.25, 9);
  expect(costs(1_000_000, { stoppedBytes: 4_097 })['DynamoDB reads']).toBeCloseTo(0.25, 9);
});

test('more memory is a faster core, but not more than one', () => {
  const duration = (memoryMiB: number) => costs(1e9, { memoryMiB })['Lambda duration'] ?? 0;
  // 180,000 s of a whole core, and 100,000 s of waiting, of 1.7275390625 and twice as many GB
  expect(duration(1_769)).toBeCloseTo(6.449_511, 5);
  expect(duration(3_538)).toBeCloseTo(12.899_023, 5);
});

test('no line costs less with more notifications, none is free, and no backups cost nothing', () => {
  const volumes = [1, 1_000, 219_000, 1_000_000, 109_500_000, 1_000_000_000].map((n) => costs(n));
  for (const what of Object.keys(costs(1))) {
    const usd = volumes.map((line) => line[what] as number);
    expect(usd, what).toEqual(usd.toSorted((a, b) => a - b));
    expect(usd[0], what).toBeGreaterThan(0);
  }
  expect(costs(1_000_000, { pointInTimeRecovery: false })['DynamoDB backups (PITR)']).toBe(0);
});

test('the table has the greatest first, and what all cost together and a million', () => {
  const rows = showCost(basis, [1_000, 2_000_000])
    .split('\n')
    .map((line) => line.split(' | '));
  expect(rows).toContainEqual(['| notifications a month', '1,000', '2,000,000 |']);
  const names = rows.slice(5, 21).map(([name]) => name?.slice(2));
  expect(names.slice(0, 3)).toEqual([
    'CloudWatch metrics',
    'CloudWatch dashboards',
    'DynamoDB writes',
  ]);
  expect(names.slice(-2)).toEqual(['**total**', '**total a million**']);
  expect(rows).toContainEqual(['| **total**', '$8.67', '$11.92 |']);
  expect(rows).toContainEqual(['| **total a million**', '$8,665.49', '$5.96 |']);
});

test('what is printed says how to reckon each figure, and where its price was read', () => {
  const text = showCost({ ...basis, batchingWindow: 3, pointInTimeRecovery: false }, [1]);
  for (const said of [
    '| DynamoDB writes | n × 1: items of 911 and 989 bytes, a unit has 1024 | $0.625 a million write units |',
    '| DynamoDB storage | n / 2 rows × (989 + 100) bytes | $0.25 a GB-month stored |',
    '| DynamoDB backups (PITR) | none |',
    '| SQS polling while idle | 5 pollers × 730 h / 20 s | $0.40 a million requests |',
    '| Lambda requests | i = max(n / 500, min(n, 5 × 60 an hour × 730 h)) |',
    '| (i × 0.05 s + n × 0.00018 s / min(1, 512 / 1769)) × 512 / 1024 | $0.0000133334 a GB-second of arm64 |',
    '| CloudWatch logs, written | i × (640 + 600) bytes + n × 9 bytes |',
    '| CloudWatch logs, kept | the same × 30 days / 730 h |',
    '| CloudWatch metrics | 14 |',
    'the batching window of 3 s',
    '- $0.40 a million requests: https://cloudburn.io/blog/amazon-sqs-pricing (2026-03-14)\n',
  ]) {
    expect(text).toContain(said);
  }
  for (const { source } of Object.values(PRICES)) expect(text).toContain(`: ${source}`);
});
