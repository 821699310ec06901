import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { App, CfnParameter, Fn, Lazy, Stack, Token } from 'aws-cdk-lib';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { configure, fromContext, Schema } from '../../lib/configuration.ts';
import { CONFIGURED } from '../support/configurations.ts';

const { senders, existingQueueArn, alerts, ...others } = CONFIGURED;

const configureContext = (context: Record<string, unknown>) =>
  configure(fromContext(context).props);

describe("from the app's context", () => {
  test('accepts all settings from cdk.json', () => {
    expect(configureContext({ ...others, senders, alerts })).toMatchObject({ ...others, senders });
    expect(configureContext({ existingQueueArn })).toMatchObject({ existingQueueArn });
  });

  test('accepts all settings from -c name=value, where each is text', () => {
    const texts = Object.entries({ ...others, senders }).map(([name, value]) => [name, `${value}`]);
    const context = { ...Object.fromEntries(texts), alerts: JSON.stringify(alerts) };
    expect(configureContext(context)).toMatchObject({ ...others, senders, alerts });
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
    expect(fromContext(context)).toEqual({ props: {}, ignored: [] });
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
  ['rendering', 'yes', 'be one of on, off'],
  ['rendering', true, 'be one of on, off'],
  ['events', 'yes', 'be one of off, on'],
  ['eventBus', 'a b', 'be the name or the ARN of an event bus'],
  [
    'eventBus',
    'arn:aws:sqs:eu-west-2:123456789012:events',
    'be the name or the ARN of an event bus',
  ],
  ['eventBus', '', 'be the name or the ARN of an event bus'],
  ['farmId', 'farm 1', 'be 1 to 128 letters, digits, hyphens, and underscores'],
  ['queueId', '', 'be 1 to 128 letters, digits, hyphens, and underscores'],
  ['alertDigestSeconds', '301', 'be a whole number from 0 to 300'],
  ['alertTimeZone', 'Europe/Lundon', 'be a time zone, such as Europe/London'],
  ['alertTimeZone', '', 'be a time zone, such as Europe/London'],
  ['alertHosts', 'https://chat.example.com', 'be a host, such as chat.example.com'],
  ['alertHosts', 'chat.example.com:8065', 'be a host, such as chat.example.com'],
  ['alertHosts', 'localhost', 'be a host, such as chat.example.com'],
  ['alertHosts', '', 'be a host, such as chat.example.com'],
  ['alertsKeyArn', 'alias/alerts', 'be the ARN of a KMS key'],
  ['allowRedrive', 'allowed', 'be true or false'],
  ['allowRedrive', 'True', 'be true or false'],
  ['allowRedrive', '', 'be true or false'],
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
  const sentence = () => configureContext({ [name]: text });
  expect(sentence).toThrow(new RegExp(`^Configuration: ${name}(\\.0)? must ${rule}.*, not `));
});

test.for([
  [{ batchingWindowSeconds: 0 }, 'batchSize must be at most 10 if batchingWindowSeconds is 0'],
  [{ eventBus: 'farm' }, 'eventBus needs events to be on: without events, it does nothing'],
  [{ farmId: 'a' }, 'farmId needs events to be on'],
  [{ queueId: 'b' }, 'queueId needs events to be on'],
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
  const sentence = () => configureContext({ retentionDays: '99999999999999999999999' });
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

describe('an unknown name', () => {
  test.for([
    ['alarmMail', 'alarmEmail'],
    ['alarmEmailAddress', 'alarmEmail'],
    ['retentiondays', 'retentionDays'],
    ['retention-days', 'retentionDays'],
    ['RETENTION_DAYS', 'retentionDays'],
    ['retention', 'retentionDays'],
    ['sender', 'senders'],
    ['perfix', 'prefix'],
    ['memory', 'memoryMiB'],
    ['memorySize', 'memoryMiB'],
    ['kmsKeyId', 'kmsKeyArn'],
    ['logRetention', 'logRetentionDays'],
    ['existingQueueUrl', 'existingQueueArn'],
    ['existingTaskTableName', 'existingTaskTable'],
  ] as const)('%s is refused as a misspelled %s, wherever it comes from', ([name, known]) => {
    const sentence = `Configuration: ${name} is unknown (did you mean ${known}?).`;
    expect(() => configureContext({ [name]: '1' })).toThrow(sentence);
    expect(() => configure({ [name]: '1' })).toThrow(sentence);
  });

  test.for(['team', 'vpcId', 'suffix', 'existingVpcId', 'owner-email', 'stackName', 'batch'])(
    "'%s' of another tool is ignored in the context, and no property of the construct",
    (name) => {
      expect(fromContext({ [name]: 'x', prefix: 'A-' })).toEqual({
        props: { prefix: 'A-' },
        ignored: [name],
      });
      expect(() => configure({ [name]: 'x' })).toThrow(
        `Configuration: ${name} is unknown (known: prefix, `,
      );
    },
  );

  test('is reported along with other problems, and with all known ones', () => {
    expect(() => configureContext({ retentiondays: '30', memoryMiB: '1' })).toThrow(
      /^Configuration: memoryMiB must .*; retentiondays is unknown \(did you mean retentionDays\?\)\.$/,
    );
    for (const name of Object.keys(CONFIGURED)) {
      expect(() => configure({ team: 'fx' } as object)).toThrow(name);
    }
  });

  test('of an older version is refused with the new one', () => {
    for (const redrive of ['denied', 'allowed', true]) {
      const sentence = 'Configuration: redrive is now allowRedrive (true or false).';
      expect(() => configureContext({ redrive })).toThrow(sentence);
      expect(() => configure({ redrive } as object)).toThrow(sentence);
    }
    expect(() => configureContext({ Redrive: '1' })).toThrow('Redrive is now allowRedrive');
  });
});

describe('a token', () => {
  const stack = new Stack(new App(), 'Farm');
  const parameter = (type: string) => new CfnParameter(stack, `${type}Parameter`, { type });
  const number = parameter('Number').valueAsNumber;
  const list = parameter('CommaDelimitedList').valueAsList;
  const string = parameter('String').valueAsString;

  test.for([
    ['retentionDays', number],
    ['memoryMiB', Token.asNumber(Lazy.number({ produce: () => 512 }))],
    ['logRetentionDays', number],
    ['silenceAlarmMinutes', string],
    ['batchSize', Token.asAny({ Ref: 'Size' })],
    ['newestBy', string],
    ['removalPolicy', Fn.importValue('Policy')],
    ['allowRedrive', string],
    ['allowRedrive', Token.asAny({ Ref: 'Redrive' })],
    ['senders', list],
    ['senders', [...list, '123456789012']],
    ['senders', Fn.split(',', string)],
    ['senders', string],
    ['alertHosts', list],
    ['alertDigestSeconds', number],
  ] as const)('is refused with a sentence as %s', ([name, token]) => {
    expect(() => configure({ [name]: token } as object)).toThrow(
      `Configuration: ${name} must be known when the app is synthesized, so it cannot be a token, such as the value of a CfnParameter.`,
    );
  });

  test.for([
    { prefix: string },
    { alarmEmail: string },
    { alertTimeZone: string },
    { alertsKeyArn: string },
    { kmsKeyArn: Fn.importValue('Key') },
    { existingQueueArn: string },
    { existingJobTable: string },
    { senders: [string, Fn.select(0, list)] },
  ])('may be text that nothing here depends on: %j', (props) => {
    expect(configure(props)).toMatchObject(props);
  });
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
    if (rule.type === 'boolean') expect(range, name).toBe('`true`, `false`');
    if (rule.enum !== undefined) {
      expect(range, name).toBe(rule.enum.map((value) => `\`${value}\``).join(', '));
    }
  }
});
