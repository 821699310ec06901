import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { App } from 'aws-cdk-lib';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { bundleFunction } from '../lib/pipeline/function-bundle.ts';
import { DeadlineNotificationsStack } from '../lib/stack.ts';
import { STACK_NAME } from '../src/local/template.ts';

/** The measurements of a process that runs only a bundle. */
export interface Ran {
  readonly version: string;
  /** The bundle's load time, in ms. */
  readonly loadTime: number;
  readonly answers: SQSBatchResponse[];
  /** The last invocation's remaining time when it answered, in ms. */
  readonly timeLeft: number;
  /** The peak memory of the process, in MiB. */
  readonly peakMemory: number;
  /** The CPU time of the process since its start, in ms. */
  readonly cpu: number;
}

/** A function's code as uploaded to Lambda. */
export class Bundle implements AsyncDisposable {
  readonly folder: string;
  readonly #outdir: string;

  private constructor(outdir: string, folder: string) {
    this.folder = folder;
    this.#outdir = outdir;
  }

  /** Builds what `cdk deploy` uploads. */
  static async build(): Promise<Bundle> {
    return Bundle.#in(async (outdir) => {
      const app = new App({ outdir });
      new DeadlineNotificationsStack(app, STACK_NAME);
      app.synth();
      const [asset = ''] = (await readdir(outdir)).filter((name) => name.startsWith('asset.'));
      return join(outdir, asset);
    });
  }

  /** Builds another function in the same way. */
  static async of(entry: string): Promise<Bundle> {
    return Bundle.#in(async (outdir) => {
      bundleFunction(outdir, entry);
      return outdir;
    });
  }

  static async #in(build: (outdir: string) => Promise<string>): Promise<Bundle> {
    const outdir = await mkdtemp(join(tmpdir(), 'bundle-'));
    try {
      return new Bundle(outdir, await build(outdir));
    } catch (error) {
      await rm(outdir, { recursive: true });
      throw error;
    }
  }

  /** Invokes it in a separate process with one event after another, each with `time` ms. */
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

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.#outdir, { recursive: true });
  }
}
