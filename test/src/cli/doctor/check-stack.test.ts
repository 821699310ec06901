import { expect, test } from 'vitest';
import { startCloudFormationLocal } from '../../../../src/local/engines/cloudformation-local.ts';
import { stackWithDoctor } from '../../../support/stack-with-doctor.ts';

const { controlPlane, doctor, findings, jobsSent, outputs, queueUrl, row, feed } =
  await stackWithDoctor();
feed();

const STEPS = [
  'credentials',
  'stack',
  'queue',
  'sender policy',
  'event source',
  'function',
  'table of jobs',
  'table of tasks',
  'time to live',
  'other parts',
  'dead letters',
  'alarms',
  'alarm topic',
  'notification',
];

test('if all is well, reports each step, stores a notification, and removes its row', async () => {
  const { stdout, code } = await doctor();
  const lines = stdout.trimEnd().split('\n');
  expect(lines.map((line) => line.slice(0, 16).trim())).toEqual(STEPS.map((step) => `✓ ${step}`));
  expect(stdout).toContain(`${queueUrl}, no messages`);
  expect(stdout).toMatch(/notification +stored after \d+(\.\d)? s, row removed/);
  expect(code).toBe(0);

  const [jobId = ''] = jobsSent();
  expect(jobId).toMatch(/^doctor-/);
  expect(await row(jobId)).toBeUndefined();
});

test('--json prints one object per line', async () => {
  const { stdout, code } = await doctor(['--json']);
  const [credentials, ...others] = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(credentials).toEqual({
    step: 'credentials',
    ok: true,
    level: 'ok',
    found: expect.stringMatching(/^\w{4}…\w{4} in us-east-1$/),
    otherwise: null,
    mend: null,
  });
  expect(others.map(({ step }) => step)).toEqual(STEPS.slice(1));
  expect(code).toBe(0);
});

test('for the local pipeline, skips what only AWS has', async () => {
  const local = await startCloudFormationLocal('DeadlineNotifications', outputs);
  const { stdout, code } = await doctor([], { AWS_ENDPOINT_URL_CLOUDFORMATION: local.endpoint });
  for (const step of ['sender policy', 'event source', 'function', 'other parts', 'alarms']) {
    expect(stdout).toMatch(new RegExp(`^– ${step} +not checked: no output`, 'm'));
  }
  expect(stdout).toContain('✓ notification');
  expect(code).toBe(0);
});

test('without credentials, checks nothing else', async () => {
  const { stdout, code } = await doctor([], { AWS_ACCESS_KEY_ID: undefined });
  expect(stdout).toMatch(/^✗ credentials +No valid AWS credentials/);
  expect(stdout).toContain('\n    Set AWS_PROFILE or --profile');
  expect(stdout).not.toContain('stack');
  expect(code).toBe(77);
});

test('credentials that AWS rejects count as missing', async () => {
  controlPlane.deployed.denied = 'Credentials';
  const { steps, of, code } = await findings();
  expect(steps).toEqual(['credentials']);
  expect(of('credentials')).toMatchObject({
    ok: false,
    found: expect.stringContaining('(ExpiredToken: '),
    mend: expect.stringContaining('aws sso login'),
  });
  expect(code).toBe(77);
});

test('without a region, there is no stack', async () => {
  const { steps, of, code } = await findings([], { AWS_REGION: undefined });
  expect(steps).toEqual(['credentials']);
  expect(of('credentials')).toMatchObject({ mend: expect.stringContaining('Set AWS_REGION') });
  expect(code).toBe(69);
});

test('without a stack, checks nothing else', async () => {
  const { steps, of, code } = await findings(['--stack', 'Other']);
  expect(steps).toEqual(['credentials', 'stack']);
  expect(of('credentials')).toMatchObject({ ok: true });
  expect(of('stack')).toMatchObject({
    ok: false,
    found: expect.stringContaining('The stack Other was not found'),
    mend: expect.stringContaining('Check --stack, --profile'),
  });
  expect(code).toBe(69);
});

test('a template that is not in JSON cannot be compared with, which is a hint', async () => {
  controlPlane.deployed.template = 'Resources:\n  Queue:\n    Type: AWS::SQS::Queue\n';
  const { of, code } = await findings();
  expect(of('stack')).toMatchObject({
    level: 'hint',
    found: expect.stringContaining('not in JSON'),
    mend: expect.stringContaining('npx cdk deploy'),
  });
  expect(code).toBe(0);
});
