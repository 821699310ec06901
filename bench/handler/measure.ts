import { join } from 'node:path';
import type { Template } from '../../src/local/template.ts';
import { runChildProcess } from '../child-process.ts';
import { functionEnvironment } from '../stack-tables.ts';
import type { HandlerName } from './baselines.ts';

/**
 * The steps that the same rows go through: new, replaced by newer notifications, and redelivered unchanged.
 */
export type Step = 'new' | 'newer' | 'again';

/** What to measure for each handler. */
export interface Measurement {
  readonly rounds: number;
  readonly steps: readonly Step[];
  /** For each of these, each step has `count` events of `size` records. */
  readonly batches: readonly { readonly size: number; readonly count: number }[];
}

/** The measurement of one handler in one round. */
export interface Sample {
  readonly handler: HandlerName;
  readonly step: Step;
  readonly batchSize: number;
  /** CPU time of the process per record, in us. */
  readonly cpu: number;
  /** Elapsed time per record, in s. */
  readonly seconds: number;
}

/** A part of the function, and its share of the CPU time. */
export interface CpuShare {
  readonly part: string;
  readonly percent: number;
}

/** Measures all handlers in a separate process, against a DynamoDB on this machine. */
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

/** Profiles the function in a separate process. Returns the shares of CPU, largest first. */
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
