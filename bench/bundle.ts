import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { App } from 'aws-cdk-lib';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { DeadlineNotificationsStack } from '../lib/stack.ts';
import { STACK_NAME } from '../src/local/template.ts';

/** What a process has seen that runs a bundle and nothing else. */
export interface Ran {
  readonly version: string;
  /** How long the bundle took to load, in ms. */
  readonly loadTime: number;
  readonly answers: SQSBatchResponse[];
  /** What was left of the last invocation's time when it answered, in ms. */
  readonly timeLeft: number;
  /** The most memory that the process had, in MiB. */
  readonly peakMemory: number;
  /** The CPU time of the process from its start, in ms. */
  readonly cpu: number;
}

/** The code of a function, as it is uploaded. */
export class Bundle implements AsyncDisposable {
  readonly folder: string;
  readonly #outdir: string;

  private constructor(outdir: string, asset: string) {
    this.folder = join(outdir, asset);
    this.#outdir = outdir;
  }

  /** Builds what `cdk deploy` uploads of an app with one function: the stack, or another. */
  static async build(define: (app: App) => void = defineStack): Promise<Bundle> {
    const outdir = await mkdtemp(join(tmpdir(), 'bundle-'));
    try {
      const app = new App({ outdir });
      define(app);
      app.synth();
      const [asset = ''] = (await readdir(outdir)).filter((name) => name.startsWith('asset.'));
      return new Bundle(outdir, asset);
    } catch (error) {
      await rm(outdir, { recursive: true });
      throw error;
    }
  }

  /** Invokes it in a process of its own with one event after another, each with so many ms. */
  async run(
    events: readonly SQSEvent[],
    environment: Readonly<Record<string, string>>,
    time = 30_000,
  ): Promise<Ran> {
    const running = promisify(execFile)(
      process.execPath,
      [join(import.meta.dirname, 'invoke.mjs'), join(this.folder, 'index.js'), String(time)],
      { env: environment, maxBuffer: 100_000_000 },
    );
    running.child.stdin?.end(JSON.stringify(events));
    const { stdout } = await running;
    return JSON.parse(stdout.slice(stdout.lastIndexOf('\n') + 1));
  }

  /** Removes it. */
  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.#outdir, { recursive: true });
  }
}

function defineStack(app: App): void {
  new DeadlineNotificationsStack(app, STACK_NAME);
}
