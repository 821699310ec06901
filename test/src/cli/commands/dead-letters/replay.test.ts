import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { beforeEach, expect, test } from 'vitest';
import { sharedCredentials } from '../../../../../src/cli/aws/credentials.ts';
import { AwsRequestHandler } from '../../../../../src/cli/aws/request-handler.ts';
import { replay } from '../../../../../src/cli/commands/dead-letters/replay.ts';
import { peek, queueLength } from '../../../../../src/shared/sqs-queue.ts';
import { toRecord } from '../../../../../src/shared/sqs-record.ts';
import { screenOf } from '../../../../../src/terminal/screen.ts';
import { deployed } from '../../../../support/deployed-stack.ts';
import { loadFunction } from '../../../../support/load-function.ts';
import { end, interrupt } from '../../../../support/process.ts';
import { first, serviceError } from '../../../../support/proxy.ts';
import { context, event, record, task } from '../../../../support/records.ts';
import { captured, withEnvironment } from '../../../../support/run-cli.ts';
import { stackWithDeadLetters } from '../../../../support/stack-with-dead-letters.ts';
import { emptyTables } from '../../../../support/test-tables.ts';

const stack = await stackWithDeadLetters();
const { sqs, queueUrl, deadLetterQueueUrl, environment, handler, row, tasksOf } = stack;
const { proxy, bury, buried, purge, renamed, begin, deadLetters, deadLettersAsJson } = stack;

let jobId: string;
beforeEach(() => {
  jobId = crypto.randomUUID();
});

const sentTimestamp = async (taskId?: number) =>
  Number((await row(jobId, taskId))?.sent_timestamp?.N);

test('stores what can be stored, with its original send time, and leaves the rest', async () => {
  await bury(task(jobId, 0));
  const [message] = await buried();
  const refused = await bury('no JSON');

  const { stdout, code } = await deadLetters(['replay']);
  expect(stdout).toContain('1 written, 0 not newer than their rows, 1 left.');
  expect(stdout).toMatch(new RegExp(`${refused}\t.*unreadable\t.*body: is not JSON`));
  expect(code).toBe(1);
  expect(await sentTimestamp(0)).toBe(Number(message?.Attributes?.SentTimestamp));
  const left = await buried();
  expect(left.map(({ MessageId }) => MessageId)).toEqual([refused]);
});

test('--json prints everything in one object', async () => {
  await bury(task(jobId, 0));
  const refused = await bury('no JSON');
  const { objects, code } = await deadLettersAsJson(['replay']);
  expect(objects).toEqual([
    { written: 1, notNewer: 0, left: [expect.objectContaining({ message: refused })] },
  ]);
  expect(code).toBe(1);
});

test('an old dead letter does not replace a newer row; redriven by SQS, it would', async () => {
  await bury(task(jobId, 0, { state: 'old' }));
  const fresh = Date.now() + 1;
  await handler(event(record(task(jobId, 0, { state: 'fresh' }), fresh)), context());

  const { stdout, code } = await deadLetters(['replay']);
  expect(stdout).toBe('0 written, 1 not newer than their rows, 0 left.\n');
  expect(code).toBe(0);
  expect((await row(jobId, 0))?.state).toEqual({ S: 'fresh' });
  expect(await buried()).toEqual([]);

  // What SQS's own redrive does: it sends the message anew.
  const MessageBody = JSON.stringify(task(jobId, 0, { state: 'old' }));
  await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody }));
  const redriven = (await peek(sqs, queueUrl)).map((each) => toRecord(each, queueUrl));
  await handler(event(...redriven), context());
  expect((await row(jobId, 0))?.state).toEqual({ S: 'old' });
});

test('with a retention, writes the same rows as the function', async () => {
  const RetentionDays = '30';
  const { environment, row: rowOfFunction } = await emptyTables();
  const ofStack = await loadFunction({ ...environment, RETENTION_DAYS: RetentionDays });
  await bury(task(jobId, 0));
  const [message] = await buried();
  await ofStack(event(toRecord(message as never, deadLetterQueueUrl)), context());

  const env = await renamed('Farm-B', { RetentionDays });
  const { stdout } = await deadLetters(['replay', '--stack', 'Farm-B'], env);
  expect(stdout).toBe('1 written, 0 not newer than their rows, 0 left.\n');
  const seconds = Math.floor((await sentTimestamp(0)) / 1_000) + 30 * 86_400;
  expect((await row(jobId, 0))?.expires_at).toEqual({ N: String(seconds) });
  expect(await row(jobId, 0)).toEqual(await rowOfFunction(jobId, 0));
});

test('with empty fields omitted, writes the same rows as the function', async () => {
  await bury(task(jobId, 0, { X: '', Y: { a: null, b: 1 } }));
  const env = await renamed('Farm-B', { EmptyFields: 'omit' });
  await deadLetters(['replay', '--stack', 'Farm-B'], env);
  expect(await row(jobId, 0)).not.toHaveProperty('X');
  expect((await row(jobId, 0))?.Y).toEqual({ M: { b: { N: '1' } } });
});

test('of many dead letters, several per task, each row becomes its newest', async () => {
  for (let n = 0; n < 230; n += 1) await bury(task(jobId, n % 60, { state: n }));
  const { stdout, code } = await deadLetters(['replay']);
  const [, written, notNewer] = /^(\d+) written, (\d+) not newer.*, 0 left/.exec(stdout) ?? [];
  expect(Number(written) + Number(notNewer)).toBe(230);
  expect(code).toBe(0);
  const newest = Array.from({ length: 60 }, (_, id) => String(id < 50 ? 180 + id : 120 + id));
  expect((await tasksOf(jobId)).map(({ state }) => state?.N)).toEqual(newest);
  expect(await queueLength(sqs, deadLetterQueueUrl)).toBe(0);
});

test('of many that stay, shows some, and says how to see the rest', async () => {
  await Promise.all(Array.from({ length: 101 }, () => bury('no JSON')));
  const { stdout, stderr, code } = await deadLetters(['replay']);
  expect(stdout).toContain('0 written, 0 not newer than their rows, 101 left.');
  expect(stdout.match(/body: is not JSON/g)).toHaveLength(100);
  expect(stderr).toBe(
    'These are 100 of the 101 left. To see all: deadline-notifications dead-letters list --all\n',
  );
  expect(code).toBe(1);
  await purge();
});

test('what DynamoDB rejects stays, with the reason', async () => {
  const id = await bury(task(jobId, 0));
  proxy.faultOf = () => serviceError('AccessDeniedException');
  const { stdout, code } = await deadLetters(['replay']);
  expect(stdout).toMatch(new RegExp(`${id}\t.*AccessDeniedException: injected`));
  expect(code).toBe(1);
  expect(await buried()).toHaveLength(1);
});

test('if the tables cannot be reached, gives up once the time of a page is up', async () => {
  for (let n = 0; n < 25; n += 1) await bury(task(jobId, n));
  proxy.faultOf = () => serviceError('ThrottlingException');
  const { signal } = new AbortController();
  const requestHandler = new AwsRequestHandler(undefined);
  const credentials = sharedCredentials({ profile: undefined, requestHandler, signal });
  const session = {
    ...{ stackName: 'DeadlineNotifications', account: { requestHandler, credentials } },
    ...{ json: false, utc: false, now: Date.now(), signal, output: signal },
    screen: screenOf({}, {}),
  };
  const { stdout, code } = await withEnvironment({ ...process.env, ...environment }, () =>
    captured(() => replay(session, 1_500)),
  );
  expect(stdout).toContain('0 written, 0 not newer than their rows, 25 left.');
  expect(stdout).toContain('out of time: ThrottlingException: injected');
  expect(code).toBe(1);
  await purge();
});

test('interrupted, releases the messages that it holds', async () => {
  await bury(task(jobId, 0));
  proxy.faultOf = () => ({ delay: 20_000 });
  const child = begin(['replay']);
  const ended = end(child);
  await expect.poll(() => proxy.calls.length, { timeout: 10_000 }).toBeGreaterThan(0);
  expect(await buried()).toEqual([]);
  interrupt(child);
  expect(await ended).toMatchObject({ code: 130, stderr: expect.stringMatching('Interrupted') });
  expect(await buried()).toHaveLength(1);
});

test('if SQS becomes unavailable, says so without a stack trace', async () => {
  const other = await deployed(proxy.endpoint);
  const MessageBody = JSON.stringify(task(jobId, 0));
  const QueueUrl = other.deadLetterQueueUrl;
  await other.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
  proxy.faultOf = first('BatchGetItem', {
    meanwhile: async () => other.sqsProxy[Symbol.dispose](),
  });
  const { stderr, code } = await deadLetters(['replay'], other.environment);
  expect(stderr).toMatch(/^1 of the messages stay hidden .*\nAWS: .*ECONNREFUSED/);
  expect(stderr).not.toContain('    at ');
  expect(code).toBe(70);
});
