import { expect, test } from 'vitest';
import { billLines, lineCost } from '../../../bench/cost/bill.ts';
import type { CostInputs } from '../../../bench/cost/cost-inputs.ts';
import { monthlyCost } from '../../../bench/cost/monthly-cost.ts';
import { PRICES } from '../../../bench/cost/prices.ts';
import { markdown, type Table } from '../../../bench/markdown.ts';

const inputs: CostInputs = {
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

/** The cost of each line, by its name. */
const costs = (n: number, changed: Partial<CostInputs> = {}) =>
  Object.fromEntries(
    billLines({ ...inputs, ...changed }).map((line) => [line.name, lineCost(line, n)]),
  );

test('the cost of a million notifications matches a calculation by hand', () => {
  const byHand = {
    'DynamoDB writes': 0.625, // 1,000,000 units
    'DynamoDB index of failed tasks': 0.0125, // 10,000 tasks, in and out again: 20,000 units
    'DynamoDB reads': 0.0625, // 500,000 units
    'DynamoDB storage': 0.136_125, // 500,000 rows of 1,089 bytes: 0.5445 GB, $0.25 each
    'DynamoDB backups (PITR)': 0.1089, // the same, $0.20 each
    'SQS requests': 0.48, // 1,200,000
    'SQS polling while idle': 0.2628, // 5 × 2,628,000 s / 20 s: 657,000 requests
    'Lambda requests': 0.0438, // five a minute: 219,000
    'Lambda duration': 0.077_146_5, // 10,950 s of waiting and 621.914 s of work, with half a GB
    'CloudWatch logs, written': 0.140_28, // 219,000 × 1,240 bytes and 9 MB: 0.28056 GB, $0.50 each
    'CloudWatch logs, kept': 0.008_302, // the same for 720 of 730 hours, $0.03 each
    'CloudWatch metrics': 4.2, // 14, $0.30 each
    'CloudWatch alarms': 1.2, // 12, $0.10 each
    'CloudWatch dashboards': 3,
  };
  const got = costs(1_000_000);
  expect(Object.keys(got).toSorted()).toEqual(Object.keys(byHand).toSorted());
  for (const [name, usd] of Object.entries(byHand)) expect(got[name], name).toBeCloseTo(usd, 6);
});

test('there are five invocations a minute, unless there are fewer notifications or more full batches', () => {
  expect(costs(1_000)['Lambda requests']).toBeCloseTo(0.0002, 9); // one each
  expect(costs(1_000_000_000)['Lambda requests']).toBeCloseTo(0.4, 9); // 2,000,000
});

test('an item larger than a unit takes another one, before and after an update', () => {
  const writes = (startedBytes: number, stoppedBytes: number) =>
    costs(1_000_000, { startedBytes, stoppedBytes })['DynamoDB writes'];
  expect(writes(1_024, 1_024)).toBeCloseTo(0.625, 9);
  expect(writes(1_024, 1_025)).toBeCloseTo(0.9375, 9);
  expect(writes(1_025, 1_024)).toBeCloseTo(1.25, 9);
  expect(costs(1_000_000, { stoppedBytes: 4_097 })['DynamoDB reads']).toBeCloseTo(0.125, 9);
});

test('more memory is a larger share of a core, up to a whole one', () => {
  const duration = (memoryMiB: number) => costs(1e9, { memoryMiB })['Lambda duration'] ?? 0;
  // 180,000 s of a whole core, and 100,000 s of waiting, with 1.7275390625 GB and twice as many
  expect(duration(1_769)).toBeCloseTo(6.449_511, 5);
  expect(duration(3_538)).toBeCloseTo(12.899_023, 5);
});

test('no line is free or gets cheaper with more notifications, except that backups can be off', () => {
  const volumes = [1, 1_000, 219_000, 1_000_000, 109_500_000, 1_000_000_000].map((n) => costs(n));
  for (const name of Object.keys(costs(1))) {
    const usd = volumes.map((line) => line[name] as number);
    expect(usd, name).toEqual(usd.toSorted((a, b) => a - b));
    expect(usd[0], name).toBeGreaterThan(0);
  }
  expect(costs(1_000_000, { pointInTimeRecovery: false })['DynamoDB backups (PITR)']).toBe(0);
});

test('a month shows its most expensive line first, the total, and the total per million', () => {
  const [{ rows }] = monthlyCost(inputs, [1_000, 2_000_000]) as [Table];
  const names = rows.map(({ notifications }) => notifications);
  expect(names).toHaveLength(16);
  expect(names.slice(0, 3)).toEqual([
    'CloudWatch metrics',
    'CloudWatch dashboards',
    'DynamoDB writes',
  ]);
  expect(rows.slice(-2)).toEqual([
    { notifications: '**total**', '1,000 a month': '$8.67', '2,000,000 a month': '$11.79' },
    {
      notifications: '**total per million**',
      '1,000 a month': '$8,665.42',
      '2,000,000 a month': '$5.90',
    },
  ]);
});

test('says how each line is calculated, and where its price comes from', () => {
  const changed = { ...inputs, batchingWindow: 3, pointInTimeRecovery: false };
  const text = monthlyCost(changed, [1]).map(markdown).join('\n').replaceAll(/ +/g, ' ');
  for (const part of [
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
    expect(text).toContain(part);
  }
  for (const { source } of Object.values(PRICES)) expect(text).toContain(`: ${source}`);
});
