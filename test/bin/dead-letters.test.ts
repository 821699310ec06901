import {
  DeleteMessageCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { beforeEach, describe, expect, test } from 'vitest';
import { startCloudFormationLocal } from '../../src/local/cloudformation-local.ts';
import { peek, queueLength } from '../../src/sqs/queue.ts';
import { toRecord } from '../../src/sqs/to-record.ts';
import { end, interrupt, run, start } from '../support/command.ts';
import { deployed } from '../support/deployed.ts';
import { always } from '../support/faults.ts';
import { first, serviceError, startProxy } from '../support/proxy.ts';
import { context, event, job, record, task } from '../support/records.ts';

const proxy = await startProxy();
const stack = await deployed(proxy.endpoint);
const { sqs, sqsProxy, queueUrl, deadLetterQueueUrl, handler, row, tasksOf, environment } = stack;

const deadLetters = (args: string[] = [], env: NodeJS.ProcessEnv = environment) =>
  run('dead-letters', args, { ...process.env, ...env });

let jobId: string;
beforeEach(async () => {
  jobId = crypto.randomUUID();
  proxy.reset();
  sqsProxy.reset();
  for (const { ReceiptHandle } of await receive(deadLetterQueueUrl)) {
    await sqs.send(new DeleteMessageCommand({ QueueUrl: deadLetterQueueUrl, ReceiptHandle }));
  }
});

/** Puts a message where SQS would have moved it, and gives its id. */
async function bury(body: object | string): Promise<string> {
  const MessageBody = typeof body === 'string' ? body : JSON.stringify(body);
  const command = new SendMessageCommand({ QueueUrl: deadLetterQueueUrl, MessageBody });
  return (await sqs.send(command)).MessageId as string;
}

const receive = (url: string) => peek(sqs, url);

/** Lets go of what was received and is held by nobody who would. */
async function release() {
  await sqs.send(new PurgeQueueCommand({ QueueUrl: deadLetterQueueUrl }));
}

const sentTimestamp = async (taskId?: number) =>
  Number((await row(jobId, taskId))?.sent_timestamp?.N);

test('lists when each was sent, what it is about and why it was refused, and leaves all there', async () => {
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
    const now = new Date().toLocaleDateString('sv-SE');
    expect(lines[0]).toMatch(new RegExp(`${now} .* job ${jobId} .*X: the number 1e300`));
    expect(lines[1]).toMatch(new RegExp(`task 3 of job ${jobId} .*none: it can be stored`));
    expect(lines[2]).toMatch(/unreadable .*body: is not JSON/);
    expect(lines[3]).toContain('job \\u001b[2J\\u202e'); // it would clear the screen
  }
  expect(await receive(deadLetterQueueUrl)).toHaveLength(4);
});

test('a message that SQS gives again is not the end of them', async () => {
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
  expect(stderr).toContain('SQS counted 10 more, which were not looked at');
  sqsProxy.reset();
  await release();
});

test.for([
  [[], 0],
  [['replay'], 1],
  [['delete', 'x'], 1],
] as const)('what somebody else holds is told of: %s', async ([args, exitCode]) => {
  await bury(task(jobId, 0));
  const held = await sqs.send(
    new ReceiveMessageCommand({ QueueUrl: deadLetterQueueUrl, VisibilityTimeout: 60 }),
  );
  expect(held.Messages).toHaveLength(1);
  const { stderr, code } = await deadLetters([...args]);
  expect(stderr).toContain('SQS counted 1 more, which were not looked at');
  expect(code).toBe(exitCode);
  await release();
});

test('interrupted while SQS gives messages, it shows them to others again', async () => {
  for (let n = 0; n < 10; n += 1) await bury(task(jobId, n));
  sqsProxy.reset();
  sqsProxy.faultOf = always('ReceiveMessage', { delay: 1_500 });
  const child = start('dead-letters', [], { ...process.env, ...environment });
  const ended = end(child);
  const asked = () => sqsProxy.calls.some(({ operation }) => operation === 'ReceiveMessage');
  await expect.poll(asked, { timeout: 10_000 }).toBe(true);
  interrupt(child);
  expect((await ended).code).toBe(130);
  sqsProxy.reset();
  expect(await receive(deadLetterQueueUrl)).toHaveLength(10);
});

test('there may be none', async () => {
  expect((await deadLetters(['list'])).stdout).toContain('(none)');
  const { stdout, code } = await deadLetters(['replay']);
  expect(stdout).toBe('0 written, 0 not newer than their rows, 0 left.\n');
  expect(code).toBe(0);
});

describe('replay', () => {
  test('stores what can be stored, with the time at which it was sent, and leaves the rest', async () => {
    await bury(task(jobId, 0));
    const [buried] = await receive(deadLetterQueueUrl);
    const refused = await bury('no JSON');

    const { stdout, code } = await deadLetters(['replay']);
    expect(stdout).toContain('1 written, 0 not newer than their rows, 1 left.');
    expect(stdout).toMatch(new RegExp(`${refused} .*unreadable .*body: is not JSON`));
    expect(code).toBe(1);
    expect(await sentTimestamp(0)).toBe(Number(buried?.Attributes?.SentTimestamp));
    const left = await receive(deadLetterQueueUrl);
    expect(left.map(({ MessageId }) => MessageId)).toEqual([refused]);
  });

  test('an old dead letter leaves the fresh row alone, where one that is sent anew does not', async () => {
    await bury(task(jobId, 0, { state: 'old' }));
    const fresh = Date.now() + 1;
    await handler(event(record(task(jobId, 0, { state: 'fresh' }), fresh)), context());

    const { stdout, code } = await deadLetters(['replay']);
    expect(stdout).toBe('0 written, 1 not newer than their rows, 0 left.\n');
    expect(code).toBe(0);
    expect((await row(jobId, 0))?.state).toEqual({ S: 'fresh' });
    expect(await receive(deadLetterQueueUrl)).toEqual([]);

    // What SQS's own redrive does: it sends the message anew.
    const MessageBody = JSON.stringify(task(jobId, 0, { state: 'old' }));
    await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody }));
    const redriven = (await receive(queueUrl)).map((each) => toRecord(each, queueUrl));
    await handler(event(...redriven), context());
    expect((await row(jobId, 0))?.state).toEqual({ S: 'old' });
  });

  test('of many, several of one task, each row ends as its newest', async () => {
    for (let n = 0; n < 230; n += 1) await bury(task(jobId, n % 60, { state: n }));
    const { stdout, code } = await deadLetters(['replay']);
    const [, written, notNewer] = /^(\d+) written, (\d+) not newer.*, 0 left/.exec(stdout) ?? [];
    expect(Number(written) + Number(notNewer)).toBe(230);
    expect(code).toBe(0);
    const newest = Array.from({ length: 60 }, (_, id) => String(id < 50 ? 180 + id : 120 + id));
    expect((await tasksOf(jobId)).map(({ state }) => state?.N)).toEqual(newest);
    expect(await queueLength(sqs, deadLetterQueueUrl)).toBe(0);
  });

  test('what DynamoDB does not take now stays, with the reason', async () => {
    const id = await bury(task(jobId, 0));
    proxy.faultOf = () => serviceError('AccessDeniedException');
    const { stdout, code } = await deadLetters(['replay']);
    expect(stdout).toMatch(new RegExp(`${id} .*AccessDeniedException: injected`));
    expect(code).toBe(1);
    expect(await receive(deadLetterQueueUrl)).toHaveLength(1);
  });

  test('where the tables cannot be reached it gives up, and says what it has not looked at', async () => {
    for (let n = 0; n < 101; n += 1) await bury(task(jobId, n));
    proxy.faultOf = () => serviceError('ThrottlingException');
    const { stdout, stderr, code } = await deadLetters(['replay']);
    expect(stdout).toContain('0 written, 0 not newer than their rows, 100 left.');
    expect(stdout).toContain('out of time: ThrottlingException: injected');
    expect(stderr).toContain('SQS counted 1 more, which were not looked at');
    expect(code).toBe(1);
    await release();
  }, 90_000);

  test('interrupted, it shows what it holds to others again', async () => {
    await bury(task(jobId, 0));
    proxy.faultOf = () => ({ delay: 20_000 });
    const child = start('dead-letters', ['replay'], { ...process.env, ...environment });
    const ended = end(child);
    await expect.poll(() => proxy.calls.length, { timeout: 10_000 }).toBeGreaterThan(0);
    expect(await receive(deadLetterQueueUrl)).toEqual([]);
    interrupt(child);
    expect(await ended).toMatchObject({ code: 130, stderr: expect.stringMatching('Interrupted') });
    expect(await receive(deadLetterQueueUrl)).toHaveLength(1);
  });
});

test('an SQS that goes away meanwhile is named without the stack of calls', async () => {
  const other = await deployed(proxy.endpoint);
  const MessageBody = JSON.stringify(task(jobId, 0));
  const QueueUrl = other.deadLetterQueueUrl;
  await other.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
  proxy.faultOf = first('BatchGetItem', {
    meanwhile: async () => other.sqsProxy[Symbol.dispose](),
  });
  const { stderr, code } = await deadLetters(['replay'], other.environment);
  expect(stderr).toMatch(/^AWS: .*ECONNREFUSED/);
  expect(stderr).not.toContain('    at ');
  expect(code).toBe(1);
});

describe('delete', () => {
  async function answering(answer: string, id: string) {
    const child = start('dead-letters', ['delete', id], { ...process.env, ...environment });
    child.stdin.end(answer);
    return end(child);
  }

  test.for(['y\n', 'Yes\n'])('after %j it deletes that one, which it has shown', async (answer) => {
    const [id = '', other] = [await bury('one\u009b2J'), await bury('other')];
    const { stdout, stderr, code } = await answering(answer, id);
    expect(stdout).toMatch(new RegExp(`${id} .*unreadable .*body: is not JSON`));
    expect(stdout).toContain('one\\u009b2J\n');
    expect(stderr).toContain('Delete it for good? [y/N]');
    expect(code).toBe(0);
    const left = await receive(deadLetterQueueUrl);
    expect(left.map(({ MessageId }) => MessageId)).toEqual([other]);
  });

  test.for(['n\n', '\n', ''])('after %j it deletes nothing', async (answer) => {
    const id = await bury('one');
    expect(await answering(answer, id)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('Not deleted.'),
    });
    expect(await receive(deadLetterQueueUrl)).toHaveLength(1);
  });

  test('of an id that is not there it says so', async () => {
    await bury('one');
    expect(await answering('y\n', 'nobody')).toMatchObject({
      code: 1,
      stderr: 'There is no dead letter nobody among the 1 that SQS gave.\n',
    });
    expect(await receive(deadLetterQueueUrl)).toHaveLength(1);
  });
});

describe('what cannot be', () => {
  test.for([
    [['relpay'], 'There is no command relpay.'],
    [['delete'], 'delete takes one message id.'],
    [['replay', 'all'], 'There is no command replay all.'],
    [['--account', '1'], "Unknown option '--account'"],
    [['--region', ''], '--profile and --region take a name.'],
  ] as const)('called with %s it says how it is used', async ([args, message]) => {
    const { stderr, code } = await deadLetters([...args]);
    expect(stderr).toContain(message);
    expect(stderr).toContain('Usage: npm run dead-letters');
    expect(code).toBe(2);
  });

  test('--help says how it is used', async () => {
    const { stdout, code } = await deadLetters(['--help']);
    expect(stdout).toContain('Usage: npm run dead-letters');
    expect(code).toBe(0);
  });

  test.for([
    ['another stack', 'Other', 'The stack DeadlineNotifications was not found'],
    [
      'an older version',
      'DeadlineNotifications',
      'of another version (DeadLetterQueueUrl: the output',
    ],
  ] as const)('%s of the stack: says so', async ([, name, message]) => {
    const cloudFormation = await startCloudFormationLocal(name, { QueueUrl: queueUrl });
    const { stderr, code } = await deadLetters([], {
      ...environment,
      AWS_ENDPOINT_URL_CLOUDFORMATION: cloudFormation.endpoint,
    });
    expect(stderr).toContain(message);
    expect(stderr).not.toContain('    at ');
    expect(code).toBe(1);
  });

  test('--region and --profile say where, in place of the environment', async () => {
    const env = { ...environment, AWS_REGION: undefined };
    const inOther = { ...env, AWS_DEFAULT_REGION: 'us-east-1' };
    expect((await deadLetters([], inOther)).code).toBe(0);
    expect((await deadLetters([], env)).stderr).toContain('Region is missing');
    expect((await deadLetters(['--region', 'us-east-1'], env)).code).toBe(0);
    const { stderr, code } = await deadLetters(['--profile', 'nobody']);
    expect(stderr).toContain('was not found (CredentialsProviderError');
    expect(code).toBe(1);
  });

  test('an SQS that is not there is named without the stack of calls', async () => {
    const gone = { ...environment, AWS_ENDPOINT_URL_SQS: 'http://127.0.0.1:9' };
    const cloudFormation = await startCloudFormationLocal('DeadlineNotifications', {
      DeadLetterQueueUrl: 'http://127.0.0.1:9/000000000000/Gone',
      JobTableName: 'Jobs',
      TaskTableName: 'Tasks',
      NewestBy: 'timestamp',
    });
    const { stderr, code } = await deadLetters([], {
      ...gone,
      AWS_ENDPOINT_URL_CLOUDFORMATION: cloudFormation.endpoint,
    });
    expect(stderr).toMatch(/^AWS: .*ECONNREFUSED/);
    expect(stderr).not.toContain('    at ');
    expect(code).toBe(1);
  });
});
