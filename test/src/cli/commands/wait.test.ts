import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { beforeEach, expect, test } from 'vitest';
import { answering } from '../../../support/answering.ts';
import { always } from '../../../support/function-behind-proxy.ts';
import { end, interrupt } from '../../../support/process.ts';
import { first, serviceError } from '../../../support/proxy.ts';
import { context, event, record } from '../../../support/records.ts';
import { stackToAsk, stoppedJob, taskIn } from '../../../support/stack-to-ask.ts';

const stack = await stackToAsk();
const { proxy, deadline } = stack;

let jobId: string;
beforeEach(() => {
  proxy.reset();
  jobId = crypto.randomUUID();
});

const STOPPED = Date.UTC(2020, 7, 11, 1);

/** The job stops with a status, so many seconds later. */
async function stop(status: string, seconds = 0) {
  const notification = stoppedJob(jobId, status, { NumberOfTasks: 4 });
  await store(record(notification, STOPPED + seconds * 1_000));
}

/** Tasks of the job, one for each status. */
async function haveTasks(...statuses: string[]) {
  await store(...statuses.map((status, taskId) => record(taskIn(jobId, taskId, status))));
}

async function store(...records: ReturnType<typeof record>[]) {
  expect(await stack.handler(event(...records), context())).toEqual({ batchItemFailures: [] });
}

const wait = (...args: string[]) => deadline(['wait', jobId, ...args]);
const begin = (...args: string[]) => stack.begin(['wait', jobId, ...args]);

/** Until the command has said something on standard error. */
async function said(child: ChildProcessWithoutNullStreams, text: string) {
  let all = '';
  for await (const chunk of child.stderr.iterator({ destroyOnReturn: false })) {
    all += chunk;
    if (all.includes(text)) return all;
  }
  throw new Error(`Not said: ${text}, but: ${all}`);
}

/** The jobs that were looked for. */
const looks = () => proxy.calls.filter(({ operation }) => operation === 'GetItem').length;

test.for([
  ['Completed', 'Completed', 0],
  ['Failed', 'Failed', 1],
  ['Suspended', 'Suspended', 2],
  ['Active', 'Deleted', 2],
  ['Deleted', 'Deleted', 2],
  ['A status of a later Deadline', 'Deleted', 2],
  ['', 'unknown', 2],
] as const)('a job that is %j by then is %s: exit code %i', async ([status, shown, exitCode]) => {
  await stop(status);
  expect(await wait('--utc')).toEqual({
    stdout: `${shown}\t${jobId}\tname of ${jobId}\t2020-08-11T01:00:00.000Z\tJob was ${status}\n`,
    stderr: '',
    code: exitCode,
  });
});

test('on a terminal, says it as job does', async () => {
  await stop('Active');
  const { stdout, stderr, code } = await stack.onTerminal(80, ['wait', jobId, '--utc']);
  expect(stdout).toMatch(
    /^name of .* {2}⊘ Deleted \(Active\)\nJob was Active at 2020-08-11 01:00:00, \d+ d( \d+ h)? ago\. Times in UTC\.\n$/,
  );
  expect([stderr, code]).toEqual(['', 2]);
  const job = await stack.onTerminal(80, ['job', jobId, '--utc']);
  expect(job.stdout.startsWith(stdout)).toBe(true);
});

test('a job of which there is nothing yet is waited for until it stops', async () => {
  const child = begin();
  expect(await said(child, '… ')).toContain('… nothing received yet (0 s)\n');
  const ended = end(child);
  await haveTasks('Completed');
  await stop('Completed');
  const { stdout, code } = await ended;
  expect(stdout).toMatch(new RegExp(`^Completed\t${jobId}`));
  expect(code).toBe(0);
});

test('a notification of another name is no stop', async () => {
  const JobDetails = { JobID: jobId, JobStatus: 'Completed', NumberOfTasks: 3 };
  await store(record({ JobDetails, NotificationInfo: { Name: 'JobStartedNotification' } }));
  await haveTasks('Completed', 'Rendering');
  const { stdout, stderr, code } = await wait('--timeout', '4s');
  expect(stdout).toBe('');
  expect(stderr).toBe(
    '… 1 of 3 tasks done, 1 rendering (0 s)\n' +
      `Timed out. No stop of job ${jobId} was seen: 1 of 3 tasks done, 1 rendering.\n`,
  );
  expect(code).toBe(124);
});

test('a job is not said to be completed while a task of it is not: exit code 3', async () => {
  await stop('Completed');
  await haveTasks('Completed', 'Failed', 'Rendering', 'A status of a later Deadline');
  const { stdout, stderr, code } = await wait('--timeout', '1s', '--utc');
  expect(stdout).toBe(
    `Completed\t${jobId}\tname of ${jobId}\t2020-08-11T01:00:00.000Z\tJob was Completed\n`,
  );
  expect(stderr).toBe(
    '… Completed, but 3 of its tasks are not, reading again (0 s)\n' +
      'The job is Completed, but 3 of its tasks are not:\n' +
      '  task 1  Failed  frames 1  render-01  was set to Failed\n' +
      '  task 2  Rendering  frames 2  render-01  was set to Rendering\n' +
      '  task 3  A status of a later Deadline  frames 3  render-01  was set to A status of a later Deadline\n' +
      'If that is right, as for a job that was completed by hand, use --ignore-tasks.\n',
  );
  expect(code).toBe(3);
});

test('--json has the tasks that contradict the job, and job prints the same', async () => {
  await stop('Completed');
  await haveTasks('Completed', 'Failed');
  const { stdout, stderr, code } = await wait('--timeout', '1s', '--json');
  const first = {
    task: 1,
    status: 'Failed',
    frames: '1-1',
    worker: 'render-01',
    reason: 'was set to Failed',
    sent: expect.any(String),
  };
  expect(JSON.parse(stdout)).toMatchObject({
    status: 'Completed',
    contradiction: { tasks: 1, first: [first] },
  });
  expect(stderr).toContain('  task 1  Failed  ');
  expect(code).toBe(3);
  const { contradiction } = JSON.parse((await deadline(['job', jobId, '--json'])).stdout);
  expect(contradiction).toEqual({ tasks: 1, first: [first] });
});

test('with --ignore-tasks the job has the last word', async () => {
  await stop('Completed');
  await haveTasks('Completed', 'Failed');
  proxy.reset();
  const { stdout, stderr, code } = await wait('--ignore-tasks');
  expect(stdout).toMatch(/^Completed\t/);
  expect(stderr).toBe('');
  expect(code).toBe(0);
  expect(proxy.calls.map(({ operation }) => operation)).not.toContain('Query');
  const { stdout: json } = await wait('--ignore-tasks', '--json');
  expect(JSON.parse(json)).toMatchObject({
    contradiction: null,
    tasksByStatus: { Completed: 1, Failed: 1 },
  });
});

test('a job whose tasks cannot be read is not said to be completed', async () => {
  await stop('Completed');
  proxy.faultOf = always('Query', serviceError('AccessDeniedException'));
  const { stdout, stderr, code } = await wait();
  expect(stdout).toBe('');
  expect(stderr).toBe('AWS: AccessDeniedException: injected\n');
  expect(code).toBe(70);
});

test('if the time is up before its tasks are read, says so', async () => {
  await stop('Completed');
  proxy.faultOf = always('Query', { delay: 8_000 });
  const { stdout, stderr, code } = await wait('--timeout', '1s');
  expect(stdout).toBe('');
  expect(stderr).toBe(
    `Timed out. Job ${jobId} is Completed, but its tasks were not read in time.\n`,
  );
  expect(code).toBe(124);
});

test('with --since, a stop that was sent before does not count', async () => {
  await stop('Completed');
  const { stdout, stderr, code } = await wait(
    ...['--since', '2020-08-11T01:00:00.001Z', '--timeout', '1s', '--utc'],
  );
  expect(stdout).toBe('');
  expect(stderr).toBe(
    'Ignoring an earlier stop: Completed at 2020-08-11 01:00:00Z.\n' +
      '… 0 of 4 tasks done (0 s)\n' +
      `Timed out. No stop of job ${jobId} was seen since 2020-08-11 01:00:00Z: 0 of 4 tasks done.\n`,
  );
  expect(code).toBe(124);
});

test('--since takes the words for a time, too, which may be as far ahead as clocks differ', async () => {
  await stop('Failed');
  const call = ['--since', '2026-01-02 03:04', '--timeout', '0.1s', '--utc'];
  expect((await wait(...call)).stderr).toContain('was seen since 2026-01-02 03:04:00Z: ');
  const soon = new Date(Date.now() + 30_000).toISOString();
  expect((await wait('--since', soon, '--timeout', '0.1s')).code).toBe(124);
});

test.for(['2020-08-11T01:00:00Z', '2020-08-11 03:00:00', '2020-08-11', '99y ago'])(
  'with --since %s, a stop that was sent at that time or later counts',
  async (since) => {
    await stop('Completed');
    expect(await wait('--since', since)).toMatchObject({ stderr: '', code: 0 });
  },
);

test('--json prints what job prints', async () => {
  await haveTasks('Failed', 'Completed', 'Completed');
  await stop('Failed');
  const { stdout, code } = await wait('--json');
  expect(stdout).toBe((await deadline(['job', jobId, '--json'])).stdout);
  expect(JSON.parse(stdout)).toMatchObject({
    job: jobId,
    status: 'Failed',
    sent: '2020-08-11T01:00:00.000Z',
    tasksByStatus: { Completed: 2, Failed: 1 },
  });
  expect(code).toBe(1);
});

test('--json prints how it stopped, even if its tasks cannot be counted', async () => {
  await stop('Failed');
  proxy.faultOf = always('Query', serviceError('AccessDeniedException'));
  const { stdout, code } = await wait('--json');
  expect(JSON.parse(stdout)).toMatchObject({ status: 'Failed', tasksByStatus: null });
  expect(code).toBe(1);
});

test('the tasks are counted once while nothing but a log reads how many are done', async () => {
  await haveTasks('Completed', 'Rendering');
  const { stderr, code } = await wait('--timeout', '5500ms');
  expect(code).toBe(124);
  expect(stderr.match(/…/g)).toHaveLength(1);
  expect(looks()).toBeGreaterThan(1);
  // The other query is for any task at all, as the job has no row.
  const counts = proxy.calls.filter(
    ({ operation, input }) => operation === 'Query' && !('Limit' in input),
  );
  expect(counts).toHaveLength(1);
});

test('when the time is up, a request that hangs is, too', async () => {
  proxy.faultOf = always('GetItem', { delay: 8_000 });
  const began = performance.now();
  const { stderr, code } = await wait('--timeout', '2s');
  expect(stderr).toBe(`Timed out. No stop of job ${jobId} was seen: AWS has not answered.\n`);
  expect(code).toBe(124);
  expect(performance.now() - began).toBeLessThan(7_000);
});

test('a request that nobody ever answers is made again', async () => {
  await stop('Completed');
  proxy.faultOf = first('GetItem', { delay: 40_000 });
  const began = performance.now();
  expect((await wait()).code).toBe(0);
  expect(performance.now() - began).toBeLessThan(30_000);
});

test('a stack that does not answer ends with the time, too', async () => {
  const server = createServer(() => undefined).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const { stderr, code } = await deadline(['wait', jobId, '--timeout', '1s'], {
    AWS_ENDPOINT_URL_CLOUDFORMATION: `http://127.0.0.1:${port}`,
  });
  server.closeAllConnections();
  server.close();
  expect(stderr).toContain('AWS has not answered.');
  expect(code).toBe(124);
});

test('interrupted, it stops at once', async () => {
  const child = begin('--timeout', '1h');
  await said(child, 'nothing received');
  const ended = end(child);
  interrupt(child);
  const { stdout, stderr, code } = await ended;
  expect(stdout).toBe('');
  expect(stderr).toContain('Interrupted. The job itself was not touched.');
  expect(code).toBe(130);
});

test.for([
  ['a connection that breaks', { broken: true, applied: false }],
  ['throttling', serviceError('ThrottlingException')],
  ['an engine in trouble', serviceError('InternalServerError', 500)],
] as const)('%s is told once, and waited out', async ([, fault]) => {
  let failed = 0;
  proxy.faultOf = (call) => {
    if (call.operation !== 'GetItem' || failed === 10) return undefined;
    failed += 1;
    return fault;
  };
  await stop('Completed');
  const { stdout, stderr, code } = await wait();
  expect(failed).toBe(10);
  expect(stderr).toMatch(/^AWS does not answer \(.+\)\. Trying again\.\n$/);
  expect(stdout).toMatch(/^Completed\t/);
  expect(code).toBe(0);
});

test('trouble with the stack and with the rows is told once', async () => {
  await stop('Completed');
  const { AWS_ENDPOINT_URL_CLOUDFORMATION: cloudFormation } = stack.environment;
  let refused = 0;
  using throttling = await answering(async (request, response) => {
    const body = await text(request);
    if (refused < 3) {
      refused += 1;
      response.writeHead(400, { 'content-type': 'text/xml' });
      response.end(
        '<ErrorResponse><Error><Type>Sender</Type><Code>ThrottlingException</Code><Message>no</Message></Error></ErrorResponse>',
      );
      return;
    }
    const answer = await fetch(cloudFormation, { method: 'POST', body });
    response.writeHead(answer.status, { 'content-type': 'text/xml' }).end(await answer.text());
  });
  let failed = 0;
  proxy.faultOf = ({ operation }) => {
    if (operation !== 'GetItem' || failed === 6) return undefined;
    failed += 1;
    return serviceError('ThrottlingException');
  };
  const { stderr, code } = await deadline(['wait', jobId], {
    AWS_ENDPOINT_URL_CLOUDFORMATION: throttling.endpoint,
  });
  expect([refused, failed]).toEqual([3, 6]);
  expect(stderr.match(/AWS does not answer \(ThrottlingException/g)).toHaveLength(1);
  expect(code).toBe(0);
});

test('tasks that cannot be counted for a while are no reason to give up', async () => {
  await haveTasks('Completed');
  let failed = 0;
  proxy.faultOf = (call) => {
    if (call.operation !== 'Query' || failed === 4) return undefined;
    failed += 1;
    return serviceError('ProvisionedThroughputExceededException');
  };
  const child = begin();
  expect(await said(child, 'done')).toMatch(/^AWS does not answer .*\n… 1 of 1 started task done/);
  await stop('Completed');
  expect((await end(child)).code).toBe(0);
});

test.for([
  ['AccessDeniedException', 70, 'AWS: AccessDeniedException: injected'],
  ['ResourceNotFoundException', 70, 'AWS: ResourceNotFoundException: injected'],
  ['ExpiredTokenException', 77, 'No valid AWS credentials (ExpiredTokenException'],
  ['UnrecognizedClientException', 77, 'No valid AWS credentials'],
] as const)('%s is not waited out: exit code %i', async ([name, exitCode, sentence]) => {
  proxy.faultOf = always('GetItem', serviceError(name));
  const { stdout, stderr, code } = await wait('--timeout', '30s');
  expect(stderr.startsWith(sentence)).toBe(true);
  expect(stderr).not.toContain('    at ');
  expect(stdout).toBe('');
  expect(code).toBe(exitCode);
  expect(looks()).toBe(1);
});

test.for([
  [['--timeout', '2'], '2 has no unit'],
  [['--timeout', 'soon'], 'Expected a duration'],
  [['--timeout', '0s'], 'Must be longer than 0.'],
  [['--timeout', '25d'], 'The maximum is 24 days.'],
  [['another'], 'too many arguments'],
] as const)('called with %s it says what is wrong', async ([args, message]) => {
  const { stderr, code } = await wait(...args);
  expect(stderr).toContain(message);
  expect(code).toBe(64);
});

test('a fraction of a millisecond is a time, too', async () => {
  expect((await wait('--timeout', '1000.5ms')).code).toBe(124);
});
