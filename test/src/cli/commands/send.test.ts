import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PurgeQueueCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { startCloudFormationLocal } from '../../../../src/local/engines/cloudformation-local.ts';
import stoppedJob from '../../../../src/shared/samples/stopped-job.json' with { type: 'json' };
import { toRecord } from '../../../../src/shared/sqs-record.ts';
import { always } from '../../../support/function-behind-proxy.ts';
import { end, interrupt } from '../../../support/process.ts';
import { serviceError } from '../../../support/proxy.ts';
import { context, event, job, task } from '../../../support/records.ts';
import { stackToAsk } from '../../../support/stack-to-ask.ts';
import { tooLargeToExpire } from '../../../support/stack-with-dead-letters.ts';

const { sqs, sqsProxy, queueUrl, outputs, handler, row, begin, deadline } = await stackToAsk();

const folder = await mkdtemp(join(tmpdir(), 'send-'));
afterAll(() => rm(folder, { recursive: true }));

let jobId: string;
beforeEach(async () => {
  jobId = crypto.randomUUID();
  sqsProxy.reset();
  await sqs.send(new PurgeQueueCommand({ QueueUrl: queueUrl }));
});

/** A file with this content, which is made JSON of unless it is a text. */
async function file(name: string, content: object | string | Uint8Array): Promise<string> {
  const isRaw = typeof content === 'string' || content instanceof Uint8Array;
  const path = join(folder, name);
  await writeFile(path, isRaw ? content : JSON.stringify(content));
  return path;
}

const send = (...args: string[]) => deadline(['send', ...args]);

/** Takes all messages from the queue. */
async function received() {
  const receive = new ReceiveMessageCommand({
    QueueUrl: queueUrl,
    MaxNumberOfMessages: 10,
    MessageSystemAttributeNames: ['All'],
  });
  return (await sqs.send(receive)).Messages ?? [];
}

const bodies = async () => (await received()).map(({ Body }) => Body);

test.for([
  ['job', '5f2eec286ad75c0c9cca7fbc', undefined, 'job 5f2eec286ad75c0c9cca7fbc'],
  ['task', '5f15e68eb8274818a0570167', 0, 'task 0 of job 5f15e68eb8274818a0570167'],
] as const)(
  '--sample %s becomes a row with the current send time',
  async ([sample, id, taskId, about]) => {
    const began = Date.now();
    const { stdout, stderr, code } = await send('--sample', sample);
    expect(code).toBe(0);
    const [message, ...others] = await received();
    expect(others).toEqual([]);
    expect(stdout).toContain(about);
    expect(stdout).toContain(`sample ${sample}`);
    expect(stdout).toContain(message?.MessageId);
    expect(stderr).toBe(
      `In a few seconds: deadline-notifications ${sample === 'job' ? 'job' : 'tasks'} ${id}\n`,
    );

    const batch = event(toRecord(message as object, queueUrl));
    expect(await handler(batch, context())).toEqual({ batchItemFailures: [] });
    const { job_id, sent_timestamp } = (await row(id, taskId)) ?? {};
    expect(job_id).toEqual({ S: id });
    expect(Number(sent_timestamp?.N)).toBeGreaterThanOrEqual(began);
  },
);

test('a file is sent unchanged, byte for byte', async () => {
  const body = `{ "X": 1.50,\t"é": "名",${JSON.stringify(job(jobId)).slice(1)}\r\n`;
  const { stdout, stderr, code } = await send(await file('odd.json', body));
  expect(stdout).toContain(`job ${jobId}`);
  expect(stderr).toBe(`In a few seconds: deadline-notifications job ${jobId}\n`);
  expect(code).toBe(0);
  expect(await bodies()).toEqual([body]);
});

test('several files including standard input; --json prints one object per line', async () => {
  const files = [await file('a.json', job(jobId)), '-', await file('c.json', task(jobId, 3))];
  const child = begin(['--json', 'send', ...files]);
  child.stdin.end(JSON.stringify(task(jobId, 2)));
  const { stdout, code } = await end(child);
  expect(code).toBe(0);
  const sent = await received();
  const idOf = (index: number) => sent[index]?.MessageId;
  expect(
    stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toEqual([
    { file: files[0], messageId: idOf(0), about: `job ${jobId}` },
    { file: '-', messageId: idOf(1), about: `task 2 of job ${jobId}` },
    { file: files[2], messageId: idOf(2), about: `task 3 of job ${jobId}` },
  ]);
});

test('if the function would reject any, names all of those and sends nothing', async () => {
  const files = [
    await file('right.json', job(jobId)),
    await file('cut.json', JSON.stringify(job(jobId)).slice(0, 20)),
    await file('number.json', task(jobId, 0, { X: 1e300 })),
  ];
  const { stdout, stderr, code } = await send(...files);
  expect(stdout).toBe('');
  expect(stderr).toContain(`${files[1]}: body: is not JSON`);
  expect(stderr).toContain(`${files[2]}: X: the number 1e300`);
  expect(stderr).not.toContain('right.json');
  expect(stderr).toContain(
    `\nNothing was sent, because of ${files[1]}, ${files[2]}. Use --force to send it anyway.\n`,
  );
  expect(code).toBe(65);
  expect(await received()).toEqual([]);
});

test('with --force, sends even what the function would reject', async () => {
  const files = [await file('cut.json', '{"JobDetails":'), await file('blank.json', '\n')];
  const { stdout, stderr, code } = await send('--force', ...files);
  expect(stdout).toMatch(/cut\.json\t.*\tunreadable/);
  expect(stderr).toContain(`${files[0]}: body: is not JSON`);
  expect(stderr).toContain(`${files[1]}: body: is empty`);
  expect(stderr).toContain(
    'for up to 12 hours. Then they are dead letters: deadline-notifications dead-letters list',
  );
  expect(stderr).not.toContain('deadline job');
  expect(code).toBe(0);
  expect(await bodies()).toEqual(['{"JobDetails":', '\n']);
});

test('a byte order mark is named, and goes with --force, as SQS takes it', async () => {
  const marked = `\ufeff${JSON.stringify(job(jobId))}`;
  const path = await file('marked.json', marked);
  const { stderr, code } = await send(path);
  expect(stderr).toContain(
    `${path}: begins with a byte order mark, which the function rejects. Save it as UTF-8 `,
  );
  expect(stderr).toContain('Nothing was sent. Use --force to send it anyway.');
  expect(code).toBe(65);
  expect((await send('--force', path)).code).toBe(0);
  expect(await bodies()).toEqual([marked]);
});

test('a name with characters outside of the basic plane is sent, as SQS takes them', async () => {
  const path = await file('emoji.json', job(jobId, { X: '🎬 𠮷田 \u{10ffff}' }));
  const { stderr, code } = await send(path);
  expect(stderr).toContain(`In a few seconds: `);
  expect(code).toBe(0);
  expect(await bodies()).toEqual([await readFile(path, 'utf8')]);
});

test('applies the rules of the stack', async () => {
  const large = await file('large.json', tooLargeToExpire(jobId));
  const renamed = { ...outputs, RetentionDays: '30' };
  const cloudFormation = await startCloudFormationLocal('DeadlineNotifications', renamed);
  const { stderr, code } = await deadline(['send', large], {
    AWS_ENDPOINT_URL_CLOUDFORMATION: cloudFormation.endpoint,
  });
  expect(stderr).toMatch(/large\.json: body: makes an item of 4096\d\d bytes/);
  expect(code).toBe(65);
  expect((await send(large)).code).toBe(0);
});

test.for([
  ['an empty file', '', 'is empty, and SQS rejects empty messages'],
  [
    'more than SQS takes',
    `${JSON.stringify(job('5f2eec286ad75c0c9cca7fbc'))}${' '.repeat(1_048_576)}`,
    'bytes; the limit of SQS is 1048576',
  ],
  ['a character that SQS does not take', '{"X": "\uffff"}', 'SQS rejects, U+FFFF'],
  ['UTF-16', Buffer.from(JSON.stringify(stoppedJob), 'utf16le'), 'is UTF-16. Save it as UTF-8'],
  ['UTF-16 with a mark', Buffer.from('\ufeff{"X": 1}', 'utf16le'), 'is UTF-16. Save it as UTF-8'],
  ['Latin-1', Buffer.from('{"X": "é"}', 'latin1'), 'is not UTF-8 text. Save it as UTF-8'],
] as const)('%s is not sent, not even with --force', async ([, content, problem]) => {
  const files = [await file('right.json', job(jobId)), await file('bad.json', content)];
  for (const args of [files, ['--force', ...files]]) {
    const { stdout, stderr, code } = await send(...args);
    expect(stdout).toBe('');
    expect(stderr).toContain(problem);
    expect(stderr.endsWith(`\nNothing was sent, because of ${files[1]}.\n`)).toBe(true);
    expect(code).toBe(65);
  }
  expect(await received()).toEqual([]);
});

test.for([
  ['gone.json', 'ENOENT'],
  ['.', 'EISDIR'],
])('reports that %s cannot be read', async ([name, problem]) => {
  const path = join(folder, name as string);
  const { stdout, stderr, code } = await send(await file('right.json', job(jobId)), path);
  expect(stdout).toBe('');
  expect(stderr).toContain(`The file ${path} cannot be read: ${problem}`);
  expect(stderr).toMatch(/[^.]\. Nothing was sent\.\n$/);
  expect(stderr).not.toContain('    at ');
  expect(code).toBe(66);
  expect(await received()).toEqual([]);
});

test('if SQS rejects one, says which were sent and which were not', async () => {
  const files = await Promise.all([0, 1, 2].map((n) => file(`${n}.json`, task(jobId, n))));
  let sends = 0;
  sqsProxy.faultOf = ({ operation }) => {
    if (operation === 'SendMessage') sends += 1;
    return sends > 1 ? serviceError('AccessDeniedException') : undefined;
  };
  const { stdout, stderr, code } = await send(...files);
  expect(stdout).toContain(`task 0 of job ${jobId}`);
  expect(stdout).not.toContain(`task 1 of job ${jobId}`);
  expect(stderr).toContain(`Not sent: ${files[1]}, ${files[2]}\nAWS: AccessDeniedException`);
  expect(stderr).not.toContain('deadline job');
  expect(code).toBe(70);
  sqsProxy.reset();
  expect(await received()).toHaveLength(1);
});

test('expired credentials: exit code 77', async () => {
  sqsProxy.faultOf = always('SendMessage', serviceError('ExpiredToken'));
  const { stderr, code } = await send('--sample', 'job');
  expect(stderr).toContain('Not sent: sample job\nNo valid AWS credentials');
  expect(code).toBe(77);
});

test('interrupted while waiting for standard input, sends nothing', async () => {
  const child = begin(['send', '-']);
  child.stdin.write(JSON.stringify(job(jobId)));
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  const ended = end(child);
  interrupt(child);
  const { stderr, code } = await ended;
  expect(stderr).toContain('Interrupted');
  expect(code).toBe(130);
  expect(await received()).toEqual([]);
});

test.for([
  [[], 'error: give either files or --sample'],
  [['--sample', 'job', 'a.json'], 'error: give either files or --sample'],
  [['--sample', 'farm'], 'Allowed choices are job, task'],
  [['-', '-'], 'error: standard input can be read only once'],
] as const)('called with %s, says what is wrong', async ([args, message]) => {
  const { stderr, code } = await send(...args);
  expect(stderr).toContain(message);
  expect(stderr).toContain('see --help for usage');
  expect(code).toBe(64);
});
