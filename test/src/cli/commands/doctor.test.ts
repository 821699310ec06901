import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { expect, inject, test } from 'vitest';
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
  ['Disabled', '--uuid uuid-of-DeadlineNotifications --enabled'],
  ['Enabling', 'Wait a minute'],
] as const)(
  'an event source that is %s: sends nothing, as it would not be stored',
  async ([state, mend]) => {
    for (const arn of Object.keys(controlPlane.deployed.sources)) {
      controlPlane.deployed.sources[arn] = state;
    }
    const { of, code } = await findings();
    expect(of('event source')).toMatchObject({
      ok: false,
      found: expect.stringContaining(state),
      mend: expect.stringContaining(mend),
    });
    expect(of('notification')).toMatchObject({
      ok: null,
      found: expect.stringContaining('not sent'),
    });
    expect(jobsSent()).toEqual([]);
    expect(code).toBe(1);
  },
);

test('an event source of another queue does not count', async () => {
  controlPlane.deployed.sources = { 'arn:aws:sqs:us-east-1:123456789012:Other': 'Enabled' };
  const { of, code } = await findings();
  expect(of('event source')).toMatchObject({
    ok: false,
    mend: expect.stringContaining(
      `aws lambda create-event-source-mapping --region us-east-1 --function-name ${FUNCTION}`,
    ),
  });
  expect(jobsSent()).toEqual([]);
  expect(code).toBe(1);
});

test('lists alarms that are in alarm, with what to do', async () => {
  const { alarms } = controlPlane.deployed;
  alarms[`${FUNCTION}-Invalid`] = 'ALARM';
  alarms['Other-Invalid'] = 'ALARM';
  const { of, code } = await findings();
  expect(of('alarms')).toMatchObject({
    ok: false,
    found: `in alarm: ${FUNCTION}-Invalid`,
    mend: `${FUNCTION}-Invalid: What to do about ${FUNCTION}-Invalid.`,
  });
  expect(code).toBe(1);
});

test('missing alarms are a failure', async () => {
  controlPlane.deployed.alarms = {};
  const { of, code } = await findings();
  expect(of('alarms')).toMatchObject({ ok: false, mend: expect.stringContaining('drift') });
  expect(code).toBe(1);
});

test.for([
  ['IAM', 'sender policy', 'iam:GetPolicy'],
  ['LAMBDA', 'event source', 'lambda:ListEventSourceMappings'],
  ['CLOUDWATCH', 'alarms', 'cloudwatch:DescribeAlarms'],
] as const)(
  'if %s denies access, that check fails, but a notification is sent',
  async ([service, step, permission]) => {
    controlPlane.deployed.denying = service;
    const { of, code } = await findings();
    expect(of(step)).toMatchObject({
      ok: false,
      found: expect.stringMatching(`^AWS: AccessDenied\\w*: not ${permission}$`),
      mend: expect.stringContaining(`Grant these credentials ${permission}`),
    });
    expect(of('notification')).toMatchObject({ ok: true });
    expect(code).toBe(1);
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
  ['a table', { TableStatus: 'CREATING' }, 'until it is ACTIVE'],
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
    ok: false,
    found: 'AWS: AccessDeniedException: injected',
    mend: 'Grant these credentials dynamodb:DescribeTable on it.',
  });
  expect(code).toBe(1);
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
