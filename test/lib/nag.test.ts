import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack, Validations } from 'aws-cdk-lib';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { AwsSolutionsChecks } from 'cdk-nag';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DeadlineNotifications, DeadlineNotificationsStack } from '../../lib/index.ts';
import { CONFIGURATIONS } from '../support/configurations.ts';

let outdir: string;
beforeEach(async () => {
  outdir = await mkdtemp(join(tmpdir(), 'nag-'));
});
afterEach(() => rm(outdir, { recursive: true }));

function checkedApp(): App {
  const app = new App({ outdir, context: { 'aws:cdk:bundling-stacks': [] } });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return app;
}

/** Settings of which no resource is more or other: they are checked together. */
const VALUES = new Set([
  ...['prefix', 'silenceAlarmMinutes', 'retentionDays', 'newestBy', 'emptyFields', 'historyDays'],
  ...['farmId', 'queueId', 'alertDigestSeconds', 'alertTimeZone', 'alertHosts', 'batchSize'],
  ...['batchingWindowSeconds', 'maxConcurrency', 'memoryMiB', 'logRetentionDays'],
]);
const values = CONFIGURATIONS.filter(([name]) => VALUES.has(name));
const others = CONFIGURATIONS.filter(([name]) => !VALUES.has(name));

test.for([
  ['nothing', {}] as const,
  ['values', Object.assign({}, ...values.map(([, props]) => props))] as const,
  ...others,
])('with %s configured, the stack passes the AwsSolutions checks', ([, props]) => {
  const app = checkedApp();
  new DeadlineNotificationsStack(app, 'DeadlineNotifications', props);
  expect(() => app.synth()).not.toThrow();
});

test('in a stack whose place is known, the construct passes them, too', () => {
  const app = checkedApp();
  app.node.setContext('@aws-cdk/core:enablePartitionLiterals', true); // as in apps that `cdk init` makes
  const env = { account: '123456789012', region: 'eu-west-2' };
  new DeadlineNotifications(new Stack(app, 'Farm', { env }), 'Notifications', {
    existingTaskTable: 'Tasks',
  });
  expect(() => app.synth()).not.toThrow();
});

test('the suppressed checks are those of unsent events, an existing queue, and what people who ask may read', async () => {
  const lib = join(import.meta.dirname, '..', '..', 'lib');
  const sources = (await readdir(lib, { recursive: true })).filter((name) => name.endsWith('.ts'));
  const texts = await Promise.all(sources.map((name) => readFile(join(lib, name), 'utf8')));
  expect(
    texts
      .join('')
      .match(/AwsSolutions::[\w-]+/g)
      ?.sort(),
  ).toEqual([
    'AwsSolutions::AwsSolutions-IAM5',
    'AwsSolutions::AwsSolutions-SQS3', // unsent events
    'AwsSolutions::AwsSolutions-SQS3', // the dead-letter queue of an existing queue
  ]);
});

test('the checks do reject a bad stack', () => {
  const app = checkedApp();
  new Queue(new Stack(app, 'Careless'), 'Queue');
  expect(() => app.synth()).toThrow('AwsSolutions-SQS3');
});
