import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { configure, fromContext, Schema } from '../../lib/configuration.ts';
import { CONFIGURED } from '../support/configurations.ts';

const { senders, existingQueueArn, ...others } = CONFIGURED;

describe("from the app's context", () => {
  test('accepts all settings from cdk.json', () => {
    expect(configure(fromContext({ ...others, senders }))).toMatchObject({ ...others, senders });
    expect(configure(fromContext({ existingQueueArn }))).toMatchObject({ existingQueueArn });
  });

  test('accepts all settings from -c name=value, where each is text', () => {
    const texts = Object.entries({ ...others, senders }).map(([name, value]) => [name, `${value}`]);
    expect(configure(fromContext(Object.fromEntries(texts)))).toMatchObject({ ...others, senders });
  });

  test("the CDK's own names are passed over", () => {
    const context = {
      'aws:cdk:enable-path-metadata': true,
      '@aws-cdk/core:newStyleStackSynthesis': true,
      '@aws-cdk/flag': true,
      'availability-zones:account=123456789012:region=eu-west-2': ['eu-west-2a'],
      'acknowledged-issue-numbers': [32775],
      'cli-telemetry': false,
    };
    expect(configure(fromContext(context))).toEqual(configure({}));
  });
});

test.for([
  ['prefix', '9', 'be a letter followed by up to 31 letters, digits, and hyphens'],
  ['prefix', 'A'.repeat(33), 'be a letter followed by up to 31 letters, digits, and hyphens'],
  ['alarmEmail', 'wranglers', 'be an e-mail address'],
  ['silenceAlarmMinutes', '4', 'be a whole number from 5 to 1440'],
  ['retentionDays', '0', 'be a whole number from 1 to 3650'],
  ['newestBy', 'time', 'be one of sent_timestamp, timestamp'],
  ['emptyFields', 'drop', 'be one of keep, omit'],
  ['redrive', 'true', 'be one of denied, allowed'],
  ['batchSize', '10001', 'be a whole number from 1 to 10000'],
  ['batchSize', '1e2', 'be a whole number from 1 to 10000'],
  ['batchingWindowSeconds', '2.5', 'be a whole number from 0 to 300'],
  ['maxConcurrency', '1', 'be a whole number from 2 to 1000'],
  ['memoryMiB', '128', 'be a whole number from 256 to 10240'],
  ['memoryMiB', '', 'be a whole number from 256 to 10240'],
  ['logRetentionDays', '31', 'be one of 1, 3, 5, 7, 14, 30'],
  ['removalPolicy', 'keep', 'be one of retain, destroy'],
  ['senders', 'arn:aws:iam::123456789012:role/*', 'be an account id'],
  ['senders', 'arn:aws:iam::*:role/rcs', 'be an account id'],
  ['senders', 'rcs', 'be an account id, or the ARN of an IAM role or user'],
  ['kmsKeyArn', 'arn:aws:kms:eu-west-2:123456789012:alias/deadline', 'be the ARN of a KMS key'],
  ['existingQueueArn', 'deadline', 'be the ARN of a standard SQS queue'],
  [
    'existingQueueArn',
    'arn:aws:sqs:eu-west-2:123456789012:deadline.fifo',
    'be the ARN of a standard SQS queue',
  ],
  [
    'existingQueueArn',
    `arn:aws:sqs:eu-west-2:123456789012:${'q'.repeat(81)}`,
    'be the ARN of a standard SQS queue',
  ],
  ['existingJobTable', 'a b', 'be the name of a DynamoDB table'],
  ['existingTaskTable', 'ab', 'be the name of a DynamoDB table'],
] as const)('%s=%s is rejected', ([name, text, rule]) => {
  const sentence = () => configure(fromContext({ [name]: text }));
  expect(sentence).toThrow(new RegExp(`^Configuration: ${name}(\\.0)? must ${rule}.*, not `));
});

test.for([
  [{ batchingWindowSeconds: 0 }, 'batchSize must be at most 10 if batchingWindowSeconds is 0'],
  [{ senders, existingQueueArn }, 'senders cannot be set for an existing queue'],
  [
    { existingJobTable: 'Notifications', existingTaskTable: 'Notifications' },
    'existingJobTable must not be the task table',
  ],
  [
    { existingJobTable: 'DeadlineTaskNotifications' },
    'existingJobTable must not be the task table',
  ],
  [
    { prefix: 'A-', existingTaskTable: 'A-DeadlineJobNotifications' },
    'Configuration: existingTaskTable must not be the job table.',
  ],
  [{ batchingWindowSeconds: 0, batchSize: 11 }, 'batchSize must be at most 10'],
] as const)('%j is rejected as a combination', ([props, sentence]) => {
  expect(() => configure(props)).toThrow(sentence);
});

test('accepts values at the limits', () => {
  const atLimits = {
    ...{ batchingWindowSeconds: 0, batchSize: 10 },
    senders: ['arn:aws-us-gov:iam::123456789012:user/farm/rcs', 'arn:aws:iam::123456789012:root'],
    existingQueueArn: undefined,
  };
  expect(configure(atLimits as object)).toMatchObject({ batchSize: 10, senders: atLimits.senders });
});

test('reports a problem once', () => {
  const sentence = () => configure(fromContext({ retentionDays: '99999999999999999999999' }));
  expect(sentence).toThrow(/^[^;]*$/);
});

test('rejects more senders than an SQS policy can hold', () => {
  const accounts = (count: number) =>
    Array.from({ length: count }, (_, index) => String(100_000_000_000 + index));
  expect(configure({ senders: accounts(49) }).senders).toHaveLength(49);
  expect(() => configure({ senders: accounts(50) })).toThrow(
    'senders must have at most 49 entries',
  );
});

test('rejects senders whose ARNs do not fit into an SQS policy', () => {
  const roles = (count: number) =>
    Array.from(
      { length: count },
      (_, index) => `arn:aws:iam::123456789012:role/${'p'.repeat(500)}/${index}`,
    );
  expect(configure({ senders: roles(13) }).senders).toHaveLength(13);
  expect(() => configure({ senders: roles(15) })).toThrow(
    'senders make a queue policy of more than 8192 bytes',
  );
});

test('reports an unknown setting with all known ones, along with other problems', () => {
  const known = Object.keys(CONFIGURED);
  expect(() => configure(fromContext({ retentiondays: '30', memoryMiB: '1' }))).toThrow(
    /^Configuration: memoryMiB must .*; retentiondays is unknown \(known: .*\)\.$/,
  );
  for (const name of known) {
    expect(() => configure(fromContext({ retentiondays: '30' }))).toThrow(name);
  }
});

test('the documentation has every name in one table, with its default and its range', async () => {
  const path = join(import.meta.dirname, '..', '..', 'docs', 'configuration.md');
  const rows = (await readFile(path, 'utf8'))
    .split('\n')
    .filter((line) => /^\| `\w+` \|.*\|.*\|.*\|$/.test(line))
    .map((line) => line.split('|').map((cell) => cell.trim()));
  const { properties = {} } = z.toJSONSchema(Schema, { io: 'output' });
  expect(Object.keys(properties).sort()).toEqual(Object.keys(CONFIGURED).sort());
  expect(rows.map(([, name]) => name)).toEqual(
    Object.keys(CONFIGURED).map((name) => `\`${name}\``),
  );

  for (const [, name = '', standard, range] of rows) {
    const rule = properties[name.replaceAll('`', '')] as z.core.JSONSchema.Schema;
    const isOff = rule.default === undefined || rule.default === '' || `${rule.default}` === '';
    expect(standard, name).toBe(isOff ? '-' : `\`${rule.default}\``);
    if (rule.minimum !== undefined) expect(range, name).toBe(`${rule.minimum} to ${rule.maximum}`);
    if (rule.maxItems !== undefined) expect(range, name).toContain(`, ${rule.maxItems} at most`);
    if (rule.enum !== undefined) {
      expect(range, name).toBe(rule.enum.map((value) => `\`${value}\``).join(', '));
    }
  }
});
