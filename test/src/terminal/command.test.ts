import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, expect, test } from 'vitest';
import { queueLength } from '../../../src/shared/sqs-queue.ts';
import { exitCode } from '../../../src/terminal/command.ts';
import { answering } from '../../support/answering.ts';
import { always } from '../../support/function-behind-proxy.ts';
import { end, interrupt } from '../../support/process.ts';
import { job } from '../../support/records.ts';
import { captured } from '../../support/run-cli.ts';
import { stackToAsk, stoppedJob, taskIn } from '../../support/stack-to-ask.ts';

const {
  happened,
  deadline,
  onTerminal,
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

test('colors are only for terminals, and as the environment and --no-color say', async () => {
  const args = ['jobs', '--limit', '1'];
  const colored = { NO_COLOR: undefined };
  const red = '\u001b[1m\u001b[31m✗ Failed\u001b[39m\u001b[22m';
  expect((await onTerminal(80, args, colored)).stdout).toContain(red);
  expect((await onTerminal(80, args, { ...colored, NO_COLOR: '' })).stdout).toContain(red);
  for (const plain of [{ NO_COLOR: '0' }, { ...colored, TERM: 'dumb' }, { FORCE_COLOR: '0' }]) {
    expect((await onTerminal(80, args, plain)).stdout).not.toContain('\u001b');
  }
  const forced = { TERM: 'dumb', NO_COLOR: '1', FORCE_COLOR: '1' };
  expect((await onTerminal(80, args, forced)).stdout).toContain(red);
  expect((await onTerminal(80, [...args, '--no-color'], forced)).stdout).not.toContain('\u001b');
  for (const env of [colored, { FORCE_COLOR: '1' }]) {
    expect((await deadline(args, env)).stdout).not.toContain('\u001b');
  }
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
  expect(stdout).toContain('\nname\ta status  Completed b\n');
  const { stdout: piped } = await deadline(['jobs', '--columns', 'id,job']);
  expect(piped).toContain('\ntwo status  Completed\ta status  Completed b\n');
  const { stdout: shown } = await onTerminal(80, ['jobs', '--columns', 'id,job']);
  expect(shown).toMatch(/^two\?stat {2}a\?status {2}Completed\?b$/m);
});

/** What may be neither on a terminal nor, but for the line ends of the output itself, in a file. */
const STEERING = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}\ufeff\u{e0000}-\u{e007f}]/u;
const ODD =
  'a\u0085b\u2028c\u2029d\u009b31me\u007ff\u202eg\u2066h\ufeffi\u{e0041}j\u001ck\vl\fm\rn';

/** What a command prints into a pipe and on a terminal, without its line ends and the tabs between values. */
async function printed(args: string[]) {
  const piped = await deadline(args);
  const shown = await onTerminal(80, args);
  return `${piped.stdout.replaceAll('\t', '')}${piped.stderr}${shown.stdout}`.replaceAll('\n', '');
}

test('what steers a terminal or ends a line comes out of no command', async () => {
  const names = { JobName: ODD, UserName: ODD, FrameRange: ODD, PluginName: ODD, Pool: ODD };
  await happened(
    [0, stoppedJob(`steering${ODD}`, 'Failed', names)],
    [0, stoppedJob('steering', `Failed${ODD}`, names)],
    [0, taskIn('steering', 0, 'Failed', { WorkerName: ODD, FrameRange: ODD, Progress: ODD })],
    [0, taskIn('steering', 1, ODD)],
    [0, stoppedJob('contradicted', 'Completed', names)],
    [0, taskIn('contradicted', 0, ODD, { WorkerName: ODD })],
  );
  const calls = [
    ...[['jobs'], ['failed'], ['job', 'steering'], ['tasks', 'steering'], ['wait', 'steering']],
    ...[
      ['job', 'contradicted'],
      ['tasks', 'steering', '--status', 'x\u202ey\u2028z'],
    ],
    ...[
      ['jobs', '--user', 'x\u202ey'],
      ['job', 'no\u2029where'],
      ['tasks', 'no\u2028where'],
    ],
    ...[['jobs', '--stack', 'x\u202ey'], ['j\u202eobs']],
    ...[
      ['dead-letters', 'show', 'x\u202ey'],
      ['send', 'x\n\u202ey\u001b[2J'],
    ],
  ];
  for (const call of calls) {
    for (const args of [call, [...call, '--json'], [...call, '--wide']]) {
      expect([args, STEERING.exec(await printed(args))]).toEqual([args, null]);
    }
  }
  expect(await asked(['job', 'steering'])).toMatchObject([
    { name: ODD, deadlineStatus: `Failed${ODD}` },
  ]);
  expect(await asked(['tasks', 'steering'])).toMatchObject([{ worker: ODD }, { status: ODD }]);
});

test('a file name breaks no line', async () => {
  const { stderr, code } = await deadline(['send', 'no\nthing\u2028here']);
  expect(stderr).toMatch(/^The file no\\nthing\\u2028here cannot be read: .*\n$/);
  expect(code).toBe(66);
});

test('an error that nobody expected steers no terminal, either', async () => {
  const never = new AbortController().signal;
  const fail = () => Promise.reject(new TypeError(`odd \u009b2J\u202e`));
  const { stderr, code } = await captured(() => exitCode(fail, () => undefined, never, never));
  expect(stderr).toMatch(/^TypeError: odd \\u009b2J\\u202e\n {4}at /);
  expect(code).toBe(70);
});

test('words that npm passes on are shown without what steers a terminal', async () => {
  const { stderr, code } = await deadline(['jobs', 'x\u001b[2J\ny'], {
    npm_lifecycle_event: 'cli',
    npm_config_json: 'true',
  });
  expect(stderr).toContain('jobs x\\u001b[2J\\ny --json\n');
  expect(code).toBe(64);
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
  expect(stdout).toMatch(/^Failed\t/);
  expect(code).toBe(1);
  expect(refused).toBe(4);
});
