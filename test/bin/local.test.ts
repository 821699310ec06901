import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { DynamoDBClient, paginateScan, ScanCommand } from '@aws-sdk/client-dynamodb';
import {
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { LOCAL } from '../../src/local/engines/environment.ts';
import { freePort } from '../../src/local/engines/free-port.ts';
import { breaches } from '../support/event-schema.ts';
import { interrupt, run, start } from '../support/process.ts';
import { job } from '../support/records.ts';
import { TASKS } from '../support/test-tables.ts';

beforeAll(() => {
  vi.unstubAllEnvs(); // other test files in this process silence their functions' logs
});

/** Waits until the local pipeline is up, and reads what it prints. */
async function ready(child: ChildProcessWithoutNullStreams) {
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += chunk;
    });
  }
  await vi.waitFor(() => expect(output).toContain('Ctrl-C stops everything'), 50_000);
  const printed = (name: string) => new RegExp(`${name} +(\\S+)`).exec(output)?.[1] ?? '';
  const queueUrl = printed('Queue URL');
  return {
    queueUrl,
    deadLetterQueueUrl: printed('Dead letters'),
    endpoint: printed('DynamoDB endpoint'),
    sqs: new SQSClient({ ...LOCAL, endpoint: new URL(queueUrl).origin }),
    output: () => output,
  };
}

describe('demo', () => {
  test('sends, shows the rows and the dead letter, and finds all right, whatever account the shell is set up for', async () => {
    const { stdout, code } = await run('demo', [], {
      ...process.env,
      AWS_PROFILE: 'farm',
      AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true',
      AWS_USE_FIPS_ENDPOINT: 'true',
    });
    expect(stdout).toContain('Correct: each of the 4 rows is the newest notification');
    expect(code).toBe(0);
    const line = (...words: string[]) => new RegExp(words.join('[^\\n]*'));
    expect(stdout).toMatch(line('5f2eec286ad75c0c9cca7fbc', 'maya-job-test', 'Suspended'));
    expect(stdout).toMatch(line('5f15e68eb8274818a0570167', '1 ', 'Completed', 'StoppedTask'));
    expect(stdout).toMatch(line('5f15e68eb8274818a0570167', '2 ', 'Rendering', 'StartedTask'));
    expect(stdout).toMatch(line('body: is not JSON'));
  });
});

test.for(['local', 'demo', 'bench'])(
  '%s --help explains it, and starts nothing',
  async (command) => {
    const { stdout, stderr, code } = await run(command, ['--help']);
    expect(stdout).toContain(`Usage: npm run ${command}`);
    expect(stderr).toBe('');
    expect(code).toBe(0);
  },
);

describe('local', () => {
  test('takes messages to rows, events, alerts, and dead letters, logs each batch, and stops all on Ctrl-C', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'local-'));
    const alerts = join(folder, 'alerts.json');
    await writeFile(
      alerts,
      '[{"name":"failures","when":"job-failed","to":"slack:/deadline/slack"}]',
    );
    const telling = ['--alerts', alerts, '--alert-digest', '0'];
    const child = start('local', ['--history', 'all', '--events', ...telling]);
    const { queueUrl, deadLetterQueueUrl, endpoint, sqs, output } = await ready(child);
    const dynamoDb = new DynamoDBClient({ ...LOCAL, endpoint });
    const Timestamp = new Date().toISOString();
    for (const MessageBody of [JSON.stringify(job('right', { Timestamp })), '{"JobDetails":']) {
      await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody }));
    }

    await vi.waitFor(async () => {
      const scan = new ScanCommand({ TableName: 'DeadlineJobNotifications' });
      const { Items = [] } = await dynamoDb.send(scan);
      expect(Items.map(({ job_id }) => job_id)).toEqual([{ S: 'right' }]);
    }, 10_000);
    await vi.waitFor(async () => {
      const receive = new ReceiveMessageCommand({ QueueUrl: deadLetterQueueUrl });
      const { Messages = [] } = await sqs.send(receive);
      expect(Messages.map(({ Body }) => Body)).toEqual(['{"JobDetails":']);
    }, 20_000);
    expect(output()).toMatch(/"message":"Batch".*"received":1,"written":1/);
    const event = /^\{"version":"0",.*"detail-type":"Job Run Status Change".*"jobId":"right".*\}$/m;
    await vi.waitFor(() => expect(output()).toMatch(event), 10_000);
    const [line = ''] = event.exec(output()) ?? [];
    expect(breaches(JSON.parse(line))).toBeUndefined();
    expect(output()).toMatch(/export AWS_ENDPOINT_URL_EVENTBRIDGE=http/);
    await vi.waitFor(
      () => expect(output()).toMatch(/^slack:\/deadline\/slack:\n {2}.*right/m),
      10_000,
    );
    expect(output()).toMatch(/export AWS_ENDPOINT_URL_LAMBDA=http/);
    expect(output()).toContain('npm run -s cli -- alerts test failures');
    expect(output()).toMatch(/"message":"Invalid message".*"reason":"body: is not JSON/);

    interrupt(child);
    const [code] = await once(child, 'exit');
    expect(code).toBe(0);
    await expect(fetch(endpoint)).rejects.toThrow('fetch failed');
    await rm(folder, { recursive: true });
  });

  test('--farm: has the rows of a night once it is up; interrupted with batches under way, it stops at once', async () => {
    const child = start('local', ['--farm', '7']);
    const { endpoint, queueUrl, sqs, output } = await ready(child);
    const loaded = /^Loaded night 7: (\d+) notifications of (\d+) jobs and (\d+) tasks\.$/m;
    const [, notifications, jobs, tasks] = (loaded.exec(output()) ?? []).map(Number);
    expect(notifications).toBeGreaterThan(3_000);

    const client = new DynamoDBClient({ ...LOCAL, endpoint });
    const ids = new Set<string | undefined>();
    let count = 0;
    for await (const { Items = [] } of paginateScan({ client }, { TableName: TASKS })) {
      for (const { job_id } of Items) ids.add(job_id?.S);
      count += Items.length;
    }
    expect([ids.size, count]).toEqual([jobs, tasks]);

    const Entries = Array.from({ length: 10 }, (_, id) => ({
      Id: String(id),
      MessageBody: JSON.stringify(job(`job ${id}`)),
    }));
    for (let batch = 0; batch < 40; batch += 1) {
      await sqs.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
    }
    interrupt(child);
    const signal = AbortSignal.timeout(8_000);
    expect(await once(child, 'exit', { signal })).toEqual([0, null]);
  });

  test.for([0, 1_400])(
    'interrupted %i ms into its start-up, it leaves nothing behind',
    async (ms) => {
      const port = await freePort(0);
      const TMPDIR = await mkdtemp(join(tmpdir(), 'interrupted-'));
      const env = { ...process.env, TMPDIR };
      const child = start('local', ['--dynamodb-port', String(port)], env);
      await once(child.stderr, 'data');
      await setTimeout(ms);
      interrupt(child);
      const [code] = await once(child, 'exit');
      expect([0, 130]).toContain(code); // 0 where it was up by then
      await setTimeout(2_000);
      // On a busy machine, an engine takes a while to end.
      await expect.poll(() => freePort(port).catch(() => 'taken')).toBe(port);
      expect((await readdir(TMPDIR)).filter((name) => name.startsWith('deadline-'))).toEqual([]);
      await rm(TMPDIR, { recursive: true });
    },
  );

  test('a port that is taken is named, without the stack of calls', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    const { stderr, code } = await run('local', ['--sqs-port', String(port)]);
    other.close();
    expect(stderr).toContain(`Cannot listen on port ${port}`);
    expect(stderr).not.toContain('    at ');
    expect(code).toBe(70);
  });
});
