import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, expect, test } from 'vitest';
import { queueLength } from '../../../src/shared/sqs-queue.ts';
import { answering } from '../../support/answering.ts';
import { always } from '../../support/function-behind-proxy.ts';
import { end, interrupt } from '../../support/process.ts';
import { job } from '../../support/records.ts';
import { stackToAsk, stoppedJob, taskIn } from '../../support/stack-to-ask.ts';

const {
  happened,
  deadline,
  deadlineProcess,
  begin,
  env,
  asked,
  proxy,
  sqs,
  sqsProxy,
  queueUrl,
  environment,
} = await stackToAsk();
await happened([1, stoppedJob('one', 'Failed')], [2, taskIn('one', 0, 'Failed')]);

let onAsked = () => {};
const silent = await answering(() => onAsked());
const folder = await mkdtemp(join(tmpdir(), 'habits-'));
afterAll(() => rm(folder, { recursive: true }));

test.for([['jobs'], ['failed'], ['job', 'one'], ['tasks', 'one'], ['backfill-index'], ['doctor']])(
  'interrupted while AWS does not answer, %j stops at once',
  async (args) => {
    const asked = new Promise<void>((resolve) => {
      onAsked = resolve;
    });
    const child = begin(args, { AWS_ENDPOINT_URL_DYNAMODB: silent.endpoint });
    await asked;
    const began = performance.now();
    const ended = end(child);
    interrupt(child);
    const { stderr, code } = await ended;
    expect(stderr).toContain('Interrupted.');
    expect(code).toBe(130);
    expect(performance.now() - began).toBeLessThan(4_000); // a request may take ten seconds
  },
);

test('a send in progress is not aborted, unless interrupted twice', async () => {
  sqsProxy.reset();
  sqsProxy.faultOf = always('SendMessage', { delay: 20_000 });
  const child = begin(['send', '--sample', 'job']);
  let isOver = false;
  child.once('exit', () => {
    isOver = true;
  });
  await expect.poll(() => sqsProxy.calls.length, { timeout: 10_000 }).toBeGreaterThan(0);
  interrupt(child);
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(isOver).toBe(false);
  const exited = once(child, 'exit');
  interrupt(child);
  expect((await exited)[0]).toBe(130);
  sqsProxy.reset();
});

test('a closed standard error changes nothing', async () => {
  const child = begin(['wait', 'nowhere', '--timeout', '3s']);
  child.stderr.destroy();
  expect((await once(child, 'exit'))[0]).toBe(124);
});

test.for([
  [['failed'], 74],
  [['jobs', '--json'], 74],
  [['wait', 'one'], 1],
] as const)(
  '%j reports that it cannot write its output: exit code %i',
  async ([args, expected]) => {
    await using unwritable = await open(import.meta.filename, 'r');
    const child = spawn(process.execPath, [join('bin', 'cli.ts'), ...args], {
      env: env({}),
      stdio: ['ignore', unwritable.fd, 'pipe'],
    });
    const [stderr, [code]] = await Promise.all([
      text(child.stderr as Readable),
      once(child, 'exit'),
    ]);
    if (expected === 74) expect(stderr).toContain('The output cannot be written: ');
    expect(stderr).not.toContain('    at ');
    expect(code).toBe(expected);
  },
);

test('send sends everything, even if nobody reads its output', async () => {
  const files = await Promise.all(
    Array.from({ length: 5 }, async (_, id) => {
      const path = join(folder, `${id}.json`);
      await writeFile(path, JSON.stringify(job(`sent-${id}`)));
      return path;
    }),
  );
  const before = await queueLength(sqs, queueUrl);
  const child = begin(['send', '--json', ...files]);
  child.stdout.destroy();
  expect((await once(child, 'exit'))[0]).toBe(0);
  expect((await queueLength(sqs, queueUrl)) - before).toBe(5);
});

test('colors are only for terminals, and not with NO_COLOR', async () => {
  // What a terminal's streams have, who go by the environment, and think little of one of CI.
  const terminal = {
    NODE_OPTIONS: `--import="data:text/javascript,Object.assign(process.stdout,{isTTY:true,getColorDepth:(await%20import('tty')).WriteStream.prototype.getColorDepth})"`,
    TERM: 'xterm',
    CI: undefined,
  };
  const args = ['failed', '--limit', '1'];
  expect((await deadlineProcess(args, terminal)).stdout).toContain('\u001b[31mFailed\u001b[39m');
  expect((await deadlineProcess(args, { ...terminal, NO_COLOR: '1' })).stdout).not.toContain(
    '\u001b',
  );
  expect((await deadline(args)).stdout).not.toContain('\u001b');
});

test('a duration longer than the epoch works', async () => {
  expect((await asked(['jobs', '--since', '99999y'])).map((each) => each.job)).toContain('one');
});

test('no field can forge another line', async () => {
  const JobName = 'a\nstatus  Completed\tb';
  await happened([0, stoppedJob('two\nstatus  Completed', 'Failed', { JobName })]);
  await happened([0, stoppedJob('two', 'Failed', { JobName })]);
  const { stdout } = await deadline(['job', 'two']);
  expect(stdout.match(/^status/gm)).toHaveLength(1);
  expect(stdout).toContain('a\\nstatus  Completed\\tb');
  expect((await deadline(['jobs'])).stdout).toContain('two\\nstatus  Completed');
});

test('without a region, says that none is configured', async () => {
  const { stderr, code } = await deadline(['jobs'], { AWS_REGION: undefined });
  expect(stderr).toContain('No AWS region is configured');
  expect(code).toBe(69);
});

test('if AWS throttles the lookup of the stack, wait retries it', async () => {
  let refused = 0;
  using throttling = await answering(async (request, response) => {
    const body = await text(request);
    if (refused < 4) {
      refused += 1;
      response.writeHead(400, { 'content-type': 'text/xml' });
      response.end(
        '<ErrorResponse><Error><Type>Sender</Type><Code>Throttling</Code><Message>Rate exceeded</Message></Error></ErrorResponse>',
      );
      return;
    }
    const answer = await fetch(environment.AWS_ENDPOINT_URL_CLOUDFORMATION, {
      method: 'POST',
      body,
    });
    response.writeHead(answer.status, { 'content-type': 'text/xml' }).end(await answer.text());
  });
  const changed = { AWS_ENDPOINT_URL_CLOUDFORMATION: throttling.endpoint };
  proxy.reset();
  const { stdout, stderr, code } = await deadline(['wait', 'one'], changed);
  expect(stderr).toContain('AWS does not answer (Throttling');
  expect(stdout).toMatch(/^Failed /);
  expect(code).toBe(1);
  expect(refused).toBe(4);
});
