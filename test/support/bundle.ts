import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { App } from 'aws-cdk-lib';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { afterAll } from 'vitest';
import { DeadlineNotificationsStack } from '../../lib/stack.ts';

/** What a process has seen that runs the bundle and nothing else. */
interface Ran {
  readonly version: string;
  readonly answers: SQSBatchResponse[];
  /** What was left of the last invocation's time when it answered, in ms. */
  readonly timeLeft: number;
  /** The most memory that the process had, in MiB. */
  readonly peakMemory: number;
}

/** Builds what `cdk deploy` uploads, in a folder that goes when the test file ends. */
export async function buildBundle() {
  const folder = await mkdtemp(join(tmpdir(), 'bundle-'));
  afterAll(() => rm(folder, { recursive: true }));
  const app = new App({ outdir: join(folder, 'cdk.out') });
  new DeadlineNotificationsStack(app, 'DeadlineNotifications');
  app.synth();
  const [asset = ''] = (await readdir(app.outdir)).filter((name) => name.startsWith('asset.'));
  await cp(join(app.outdir, asset), join(folder, 'code'), { recursive: true });

  /** Invokes it with one event after another, each with so many ms. */
  async function run(events: object[], environment: object, time = 30_000): Promise<Ran> {
    const caller = join(folder, 'caller.mjs');
    await writeFile(join(folder, 'events.json'), JSON.stringify(events));
    await writeFile(
      caller,
      `import { readFileSync } from 'node:fs';
       import { handler } from './code/index.mjs';
       const answers = [];
       let deadline;
       for (const event of JSON.parse(readFileSync(new URL('events.json', import.meta.url)))) {
         deadline = Date.now() + ${time};
         const getRemainingTimeInMillis = () => deadline - Date.now();
         answers.push(await handler(event, { awsRequestId: '1', getRemainingTimeInMillis }));
       }
       const timeLeft = deadline - Date.now();
       const peakMemory = process.resourceUsage().maxRSS / 1024;
       const ran = { version: process.version, answers, timeLeft, peakMemory };
       process.stdout.write(JSON.stringify(ran), () => process.exit());`,
    );
    const env = environment as NodeJS.ProcessEnv;
    const options = { env, maxBuffer: 100_000_000 };
    const { stdout } = await promisify(execFile)(process.execPath, [caller], options);
    return JSON.parse(stdout);
  }

  return { files: (await readdir(join(folder, 'code'))).sort(), run };
}

/** The most that Lambda takes as one event, in bytes ("Lambda quotas" of its developer guide). */
const MAX_EVENT_BYTES = 6 * 1024 * 1024;

/** An event as large as they get, of one record for different tasks. */
export function largestEvent(record: (taskId: number) => SQSEvent['Records'][number]): SQSEvent {
  const Records = [];
  for (let size = 20; ; ) {
    const next = record(Records.length);
    size += Buffer.byteLength(JSON.stringify(next)) + 1;
    if (size > MAX_EVENT_BYTES) return { Records };
    Records.push(next);
  }
}
