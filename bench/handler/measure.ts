import { join } from 'node:path';
import type { Template } from '../../src/local/template.ts';
import { runChildProcess } from '../child-process.ts';
import { functionEnvironment } from '../stack-tables.ts';
import type { HandlerName } from './baselines.ts';

/**
 * What the same rows go through, one step after another: they are new, replaced by newer notifications,
 * and delivered again unchanged.
 */
export type Step = 'new' | 'newer' | 'again';

/** What to measure of each handler. */
export interface Measurement {
  readonly rounds: number;
  readonly steps: readonly Step[];
  /** Each step has `count` events of `size` records, for each of these. */
  readonly batches: readonly { readonly size: number; readonly count: number }[];
}

/** One handler in one round. */
export interface Sample {
  readonly handler: HandlerName;
  readonly step: Step;
  readonly batchSize: number;
  /** CPU time of the process per record, in us. */
  readonly cpu: number;
  /** Elapsed time per record, in s. */
  readonly seconds: number;
}

/** What a part of the function takes of its CPU. */
export interface CpuShare {
  readonly part: string;
  readonly percent: number;
}

/** Measures all handlers, in a process of their own, against a DynamoDB on this machine. */
export async function measureHandlers(
  measurement: Measurement,
  template: Template,
  endpoint: string,
  signal: AbortSignal,
): Promise<Sample[]> {
  return runChildProcess(join(import.meta.dirname, 'measure-process.ts'), {
    task: measurement,
    execArgv: ['--expose-gc'],
    env: await functionEnvironment(template, endpoint),
    signal,
  });
}

/** Profiles the function, in a process of its own: its shares of CPU, the largest first. */
export async function profileFunction(
  template: Template,
  endpoint: string,
  signal: AbortSignal,
): Promise<CpuShare[]> {
  return runChildProcess(join(import.meta.dirname, 'profile-process.ts'), {
    env: await functionEnvironment(template, endpoint),
    signal,
  });
}
