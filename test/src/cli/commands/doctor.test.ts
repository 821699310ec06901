import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { expect, inject, test } from 'vitest';
import { CHECKS } from '../../../../src/cli/commands/doctor.ts';
import { startCloudFormationLocal } from '../../../../src/local/engines/cloudformation-local.ts';
import { FUNCTION } from '../../../support/control-plane.ts';
import { always } from '../../../support/function-behind-proxy.ts';
import { serviceError } from '../../../support/proxy.ts';
import { stackWithDoctor } from '../../../support/stack-with-doctor.ts';
import { emptyTables, withoutIndexes } from '../../../support/test-tables.ts';

const {
  controlPlane,
  deadLetterQueueUrl,
  findings,
  jobsSent,
  outputs,
  proxy,
  queueUrl,
  sqs,
  feed,
} = await stackWithDoctor();
feed();

test.for([
  ['Disabled', '--uuid uuid-of-the-source --enabled'],
  ['Enabling', 'Wait a minute'],
] as const)(
  'an event source that is %s: sends nothing, as it would not be stored',
  async ([State, mend]) => {
    Object.assign(controlPlane.deployed.sources[0] as object, { State });
    const { of, code } = await findings();
    expect(of('event source')).toMatchObject({
      ok: false,
      level: 'error',
      found: expect.stringContaining(State),
      mend: expect.stringContaining(mend),
    });
    expect(of('notification')).toMatchObject({
      ok: null,
      level: 'skipped',
      found: expect.stringContaining('not sent'),
    });
    expect(jobsSent()).toEqual([]);
    expect(code).toBe(1);
  },
);

test('lists alarms that are in alarm, with what to do', async () => {
  const { alarms } = controlPlane.deployed;
  const name = `${FUNCTION}-Invalid`;
  Object.assign(alarms[name] as object, { StateValue: 'ALARM', AlarmDescription: 'Do this.' });
  alarms['Other-Invalid'] = { AlarmName: 'Other-Invalid', StateValue: 'ALARM' };
  const { of, code } = await findings();
  expect(of('alarms')).toMatchObject({
    ok: false,
    found: `in alarm: ${name}`,
    mend: `${name}: Do this.`,
  });
  expect(code).toBe(1);
});

test.for([
  ['IAM', 'sender policy', 'iam:GetPolicy'],
  ['LAMBDA', 'event source', 'lambda:ListEventSourceMappings'],
  ['LAMBDA', 'function', 'lambda:GetFunction'],
  ['CLOUDWATCH', 'alarms', 'cloudwatch:DescribeAlarms'],
  ['SNS', 'alarm topic', 'sns:GetTopicAttributes'],
  ['GetTemplate', 'stack', 'cloudformation:GetTemplate'],
  ['Drift', 'other parts', 'cloudformation:DetectStackResourceDrift'],
] as const)(
  'if %s denies access, that is a hint, and all else is checked: %s',
  async ([denied, step, permission]) => {
    controlPlane.deployed.denied = denied;
    const { of, wrong, code } = await findings();
    expect(of(step)).toMatchObject({
      ok: null,
      level: 'hint',
      found: expect.stringMatching(/could not be looked at: AWS: A\w+: not /),
      mend: expect.stringContaining(`Grant these credentials ${permission}`),
    });
    expect(wrong.filter(({ level }) => level === 'error')).toEqual([]);
    expect(of('notification')).toMatchObject({ ok: true });
    expect(code).toBe(0);
  },
);

test('existing tables without an index: says how to add it', async () => {
  const old = await emptyTables(undefined, withoutIndexes(inject('template')));
  const { of, code } = await findings([], old.environment);
  expect(of('table of jobs')).toMatchObject({
    ok: false,
    found: 'DeadlineJobNotifications has no index by-time',
    mend: expect.stringContaining('aws dynamodb update-table --region us-east-1'),
  });
  expect(of('table of tasks')).toMatchObject({
    ok: false,
    mend: expect.stringContaining('deadline-notifications backfill-index'),
  });
  expect(of('notification')).toMatchObject({
    ok: null,
    found: expect.stringContaining('table of jobs, table of tasks'),
  });
  expect(jobsSent()).toEqual([]);
  expect(code).toBe(1);
});

test.for([
  ['a table', { TableStatus: 'CREATING' }, 'DynamoDB console'],
  [
    'an index',
    { GlobalSecondaryIndexes: [{ IndexName: 'by-time', IndexStatus: 'CREATING' }] },
    'Wait',
  ],
] as const)('%s that is still being created: says to wait', async ([, changed, mend]) => {
  const change = ({ Table }: Record<string, unknown>) => ({
    Table: { ...(Table as object), ...changed },
  });
  proxy.faultOf = always('DescribeTable', { change });
  const { of, code } = await findings();
  expect(of('table of jobs')).toMatchObject({
    ok: false,
    found: expect.stringContaining('is CREATING'),
    mend: expect.stringContaining(mend),
  });
  expect(jobsSent()).toEqual([]);
  expect(code).toBe(1);
});

test('tables that the credentials may not describe', async () => {
  proxy.faultOf = always('DescribeTable', serviceError('AccessDeniedException'));
  const { of, code } = await findings();
  expect(of('table of tasks')).toMatchObject({
    level: 'hint',
    found: 'could not be looked at: AWS: AccessDeniedException: injected',
    mend: 'Grant these credentials dynamodb:DescribeTable on it.',
  });
  expect(of('notification')).toMatchObject({ ok: true });
  expect(code).toBe(0);
});

test('dead letters: shows the command that lists them', async () => {
  const dead = { QueueUrl: deadLetterQueueUrl, MessageBody: '{' };
  await sqs.send(new SendMessageCommand(dead));
  const { of, code } = await findings();
  expect(of('dead letters')).toMatchObject({
    ok: false,
    found: `1 message in ${deadLetterQueueUrl}`,
    mend: expect.stringContaining(
      'deadline-notifications dead-letters list --stack DeadlineNotifications --region us-east-1',
    ),
  });
  expect(of('notification')).toMatchObject({ ok: true });
  expect(code).toBe(1);
});

test('sends nothing to a queue that does not exist', async () => {
  const gone = new URL('/000000000000/Gone', queueUrl).href;
  const { endpoint } = await startCloudFormationLocal('DeadlineNotifications', {
    ...outputs,
    QueueUrl: gone,
  });
  const { of, code } = await findings([], { AWS_ENDPOINT_URL_CLOUDFORMATION: endpoint });
  expect(of('queue')).toMatchObject({ ok: false, found: expect.stringContaining('AWS: ') });
  expect(of('notification')).toMatchObject({ ok: null });
  expect(jobsSent()).toEqual([]);
  expect(code).toBe(1);
});

test('docs/operation.md lists its steps in their order', () => {
  const page = readFileSync(
    join(import.meta.dirname, '..', '..', '..', '..', 'docs', 'operation.md'),
    'utf8',
  );
  const [, section = ''] = page.split('## What doctor checks');
  const steps = [...section.matchAll(/^\| `([\w ]+)` \|/gm)].map(([, step]) => step);
  const expected = ['credentials', 'stack', ...CHECKS.map(({ name }) => name), 'notification'];
  expect(steps.slice(0, expected.length)).toEqual(expected);
});
