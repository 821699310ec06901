import { setTimeout } from 'node:timers/promises';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, test, vi } from 'vitest';
import { always } from '../../../support/function-behind-proxy.ts';
import { end, interrupt } from '../../../support/process.ts';
import { first, serviceError } from '../../../support/proxy.ts';
import { stackWithDoctor } from '../../../support/stack-with-doctor.ts';

// Nobody feeds its queue to its function, unless a test does.
const { begin, client, deliver, findings, jobsSent, outputs, proxy, row, sqsProxy } =
  await stackWithDoctor();

/** The row is there, but is not seen: as where it comes at the very end. */
const unseen = always('GetItem', { change: () => ({}) });

test('a notification that is never stored: says where to look, and how to remove the row if it appears', async () => {
  const begun = Date.now();
  const { of, code } = await findings(['--timeout', '2s']);
  expect(Date.now() - begun).toBeGreaterThan(2_000);
  const [jobId = ''] = jobsSent();
  expect(of('notification')).toMatchObject({
    ok: false,
    found: 'not stored after 2 s',
    mend: expect.stringContaining('/aws/lambda/DeadlineNotifications'),
  });
  expect(of('notification')?.mend).toContain(
    'aws dynamodb delete-item --region us-east-1 --table-name DeadlineJobNotifications ' +
      `--key '{"job_id":{"S":"${jobId}"}}'`,
  );
  expect(code).toBe(1);
});

test('a row that appears at the last moment counts as stored, and is removed', async () => {
  proxy.faultOf = unseen;
  const running = findings(['--timeout', '4s']);
  const jobId = await sent();
  await deliver();
  expect(await row(jobId)).toMatchObject({ task_type: { S: 'JobDoctorNotification' } });
  const { of, code } = await running;
  expect(of('notification')).toMatchObject({ ok: true });
  expect(await row(jobId)).toBeUndefined();
  expect(code).toBe(0);
});

test('interrupted, removes the row if it exists', async () => {
  proxy.faultOf = unseen;
  const doctor = begin();
  const ended = end(doctor);
  const jobId = await sent();
  await deliver();
  expect(await row(jobId)).toBeDefined();
  interrupt(doctor);
  const { stderr, code } = await ended;
  expect(await row(jobId)).toBeUndefined();
  expect(stderr).not.toContain('may exist');
  expect(code).toBe(130);
});

test('if waiting fails, says how to remove the row', async () => {
  const denial = serviceError('AccessDeniedException');
  proxy.faultOf = () => (jobsSent().length > 0 ? denial : undefined);
  const { of, stderr, code } = await findings();
  expect(of('notification')).toMatchObject({
    level: 'hint',
    found: expect.stringContaining('could not be looked at: AWS: '),
  });
  expect(stderr).toContain(`The row of ${jobsSent()[0]} may exist or still appear`);
  expect(code).toBe(0);
});

test('interrupted before the row appears, says how to remove it', async () => {
  const doctor = begin();
  const ended = end(doctor);
  const jobId = await sent();
  await vi.waitUntil(() => proxy.calls.filter(({ operation }) => operation === 'GetItem')[1]);
  interrupt(doctor);
  const { stdout, stderr, code } = await ended;
  expect(stderr).toContain(`The row of ${jobId} may exist or still appear`);
  expect(stderr).toContain('aws dynamodb delete-item');
  expect(stdout).not.toContain('notification');
  expect(code).toBe(130);
});

test('interrupted while AWS does not answer, ends immediately', async () => {
  proxy.faultOf = always('DescribeTable', { delay: 10_000 });
  const doctor = begin();
  const ended = end(doctor);
  await vi.waitUntil(() => proxy.calls.length > 0, { timeout: 20_000 });
  const begun = Date.now();
  interrupt(doctor);
  const { stdout, code } = await ended;
  expect(Date.now() - begun).toBeLessThan(5_000);
  expect(stdout).not.toContain('table of jobs');
  expect(code).toBe(130);
});

test.for([['GetItem'], ['DeleteItem']] as const)(
  'without permission for %s, sends nothing',
  async ([operation]) => {
    proxy.faultOf = always(operation, serviceError('AccessDeniedException'));
    const { of, code } = await findings();
    expect(of('notification')).toMatchObject({
      level: 'hint',
      mend: expect.stringContaining(`dynamodb:${operation}`),
    });
    expect(jobsSent()).toEqual([]);
    expect(code).toBe(0);
  },
);

test('without permission to send, says so', async () => {
  sqsProxy.faultOf = always('SendMessage', {
    status: 400,
    body: { __type: 'com.amazonaws.sqs#AccessDeniedException', message: 'injected' },
  });
  const { of, code } = await findings();
  expect(of('notification')).toMatchObject({
    level: 'hint',
    found: 'could not be looked at: AWS: AccessDeniedException: injected',
    mend: expect.stringContaining('sqs:SendMessage'),
  });
  expect(code).toBe(0);
});

describe('a row of an earlier run, which SQS delivered again after it had been removed', () => {
  /** The row of a run whose notification was never stored. */
  async function again() {
    await findings(['--timeout', '100ms']);
    const [jobId = ''] = jobsSent();
    await deliver();
    expect(await row(jobId)).toBeDefined();
    return jobId;
  }

  test('is removed by the next run, even if that run fails', async () => {
    const jobId = await again();
    await findings(['--timeout', '100ms']);
    expect(await row(jobId)).toBeUndefined();
  });

  test('stays if it has become the row of another notification', async () => {
    const jobId = await again();
    const Key = { job_id: { S: jobId } };
    proxy.faultOf = first('Query', {
      meanwhile: async () => undefined,
      change: () => ({ Items: [Key] }),
    });
    const real = { ...Key, task_type: { S: 'JobStoppedNotification' } };
    await client.send(new PutItemCommand({ TableName: outputs.JobTableName, Item: real }));
    await findings(['--timeout', '100ms']);
    expect(await row(jobId)).toEqual(real);
  });

  test('is not looked for without permission, which is a hint', async () => {
    proxy.faultOf = always('Query', serviceError('AccessDeniedException'));
    const { wrong } = await findings(['--timeout', '100ms']);
    expect(wrong.at(-1)).toMatchObject({
      step: 'notification',
      level: 'hint',
      mend: expect.stringContaining('dynamodb:Query'),
    });
    expect(jobsSent()).toHaveLength(1);
  });
});

/** The id of the job that a notification is sent of, once it is in the queue. */
async function sent(): Promise<string> {
  await vi.waitUntil(() => jobsSent().length > 0, { timeout: 20_000 });
  await setTimeout(200); // until SQS has it
  return jobsSent()[0] as string;
}
