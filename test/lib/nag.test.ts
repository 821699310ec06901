import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack, Validations } from 'aws-cdk-lib';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { AwsSolutionsChecks } from 'cdk-nag';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DeadlineNotificationsStack } from '../../lib/stack.ts';

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

test('the stack passes the AwsSolutions checks, none of them suppressed', () => {
  const app = checkedApp();
  new DeadlineNotificationsStack(app, 'DeadlineNotifications');
  expect(() => app.synth()).not.toThrow();
});

test('the checks do refuse a stack that does not pass them', () => {
  const app = checkedApp();
  new Queue(new Stack(app, 'Careless'), 'Queue');
  expect(() => app.synth()).toThrow('AwsSolutions-SQS3');
});
