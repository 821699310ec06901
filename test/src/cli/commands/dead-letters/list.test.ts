import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { beforeEach, expect, test } from 'vitest';
import { always } from '../../../../support/function-behind-proxy.ts';
import { end, interrupt } from '../../../../support/process.ts';
import { job, task } from '../../../../support/records.ts';
import {
  stackWithDeadLetters,
  tooLargeToExpire,
} from '../../../../support/stack-with-dead-letters.ts';

const {
  sqs,
  sqsProxy,
  deadLetterQueueUrl,
  bury,
  buried,
  purge,
  renamed,
  begin,
  deadLetters,
  deadLettersAsJson,
} = await stackWithDeadLetters();

let jobId: string;
beforeEach(() => {
  jobId = crypto.randomUUID();
});

test('lists when each was sent, what it is about, and why it was rejected, and leaves all in the queue', async () => {
  const ids = [
    await bury(job(jobId, { X: 1e300 })),
    await bury(task(jobId, 3)),
    await bury('Hello'),
    await bury(job('\u001b[2J\u202e')),
  ];
  for (const _ of ['once', 'and again']) {
    const { stdout, stderr, code } = await deadLetters();
    expect(code).toBe(0);
    expect(stderr).toBe('');
    const lines = ids.map((id) => stdout.split('\n').find((line) => line.includes(id)));
    const now = new Date().toISOString().slice(0, 10);
    expect(lines[0]).toMatch(new RegExp(`\t${now}T.*\tjob ${jobId}\t.*X: the number 1e300`));
    expect(lines[1]).toMatch(new RegExp(`\ttask 3 of job ${jobId}\tnone: it can be stored`));
    expect(lines[2]).toMatch(/\tunreadable\t.*body: is not JSON/);
    expect(lines[3]).toContain('\tjob ?[2J?\t'); // it would clear the screen
  }
  expect(await buried()).toHaveLength(4);
});

test('a message too large for a row that expires is rejected only with a retention', async () => {
  await bury(tooLargeToExpire(jobId));
  expect((await deadLetters()).stdout).toContain('none: it can be stored');
  const env = await renamed('DeadlineNotifications', { RetentionDays: '30' });
  for (const command of ['list', 'replay']) {
    const { stdout } = await deadLetters([command], env);
    expect(stdout).toMatch(/\tbody: makes an item of 4096\d\d bytes/);
  }
});

test('a message too large because of empty fields is accepted if they are omitted', async () => {
  await bury(task(jobId, 0, { X: 'x'.repeat(409_320), ['n'.repeat(100)]: '' }));
  expect((await deadLetters()).stdout).toMatch(/\tbody: makes an item of 4096\d\d bytes/);
  const env = await renamed('DeadlineNotifications', { EmptyFields: 'omit' });
  expect((await deadLetters(['list'], env)).stdout).toContain('none: it can be stored');
});

test('a redelivered message does not end the list', async () => {
  for (let n = 0; n < 30; n += 1) await bury(task(jobId, n));
  let given: object[] = [];
  let answers = 0;
  sqsProxy.faultOf = always('ReceiveMessage', {
    change: (answer) => {
      answers += 1;
      if (answers === 1) given = answer.Messages as object[];
      return answers === 2 ? { Messages: given } : answer; // what it gave then, it gives to nobody
    },
  });
  const { stdout, stderr } = await deadLetters();
  expect(stdout.match(/task \d+ of job/g)).toHaveLength(20);
  expect(stderr).toContain('SQS counted 10 more that were not processed');
  sqsProxy.reset();
  await purge();
});

test.for([
  [['list'], 0],
  [['replay'], 1],
  [['show', 'x'], 66],
  [['delete', 'x'], 66],
] as const)('reports messages held by someone else: %s', async ([args, exitCode]) => {
  await bury(task(jobId, 0));
  const held = await sqs.send(
    new ReceiveMessageCommand({ QueueUrl: deadLetterQueueUrl, VisibilityTimeout: 60 }),
  );
  expect(held.Messages).toHaveLength(1);
  const { stderr, code } = await deadLetters([...args]);
  expect(stderr).toContain('SQS counted 1 more that were not processed');
  expect(code).toBe(exitCode);
  await purge();
});

test('interrupted while SQS delivers messages, releases them', async () => {
  for (let n = 0; n < 10; n += 1) await bury(task(jobId, n));
  sqsProxy.reset();
  sqsProxy.faultOf = always('ReceiveMessage', { delay: 1_500 });
  const child = begin(['list']);
  const ended = end(child);
  const asked = () => sqsProxy.calls.some(({ operation }) => operation === 'ReceiveMessage');
  await expect.poll(asked, { timeout: 10_000 }).toBe(true);
  interrupt(child);
  expect((await ended).code).toBe(130);
  sqsProxy.reset();
  expect(await buried()).toHaveLength(10);
});

test('--json prints one object per line, oldest first, with times in UTC', async () => {
  const ids = [await bury(task(jobId, 3)), await bury('Hello')];
  const { objects, stderr, code } = await deadLettersAsJson(['list']);
  expect(objects).toEqual([
    {
      message: ids[0],
      sent: expect.stringMatching(/^20\d\d-\d\d-\d\dT[\d:.]+Z$/),
      about: `task 3 of job ${jobId}`,
      reason: null,
    },
    expect.objectContaining({ message: ids[1], reason: expect.stringContaining('is not JSON') }),
  ]);
  expect(stderr).toBe('');
  expect(code).toBe(0);
});

test.for([
  [
    ['--limit', '12'],
    12,
    'These are 12 of about 30, not always the oldest: raise --limit, or use --all.\n',
  ],
  [['--limit', '30'], 30, ''],
  [['--all'], 30, ''],
  [[], 30, ''],
] as const)('with %j, lists %s of 30', async ([args, expected, note]) => {
  for (let n = 0; n < 30; n += 1) await bury(task(jobId, n));
  for (const format of [[], ['--json']]) {
    const { stdout, stderr, code } = await deadLetters(['list', ...args, ...format]);
    expect(stdout.match(/task \d+ of job/g)).toHaveLength(expected);
    expect(stderr).toBe(note);
    expect(code).toBe(0);
  }
  await purge();
});

test('there may be no dead letters', async () => {
  const { stdout: listed, stderr } = await deadLetters(['list']);
  expect(listed).toBe('');
  expect(stderr).toBe(`There are no dead letters in ${deadLetterQueueUrl}.\n`);
  const { stdout, code } = await deadLetters(['replay']);
  expect(stdout).toBe('0 written, 0 not newer than their rows, 0 left.\n');
  expect(code).toBe(0);
});
