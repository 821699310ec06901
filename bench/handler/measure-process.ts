import { randomUUID } from 'node:crypto';
import type { SQSEvent } from 'aws-lambda';
import type { Handler } from '../../src/local/event-source.ts';
import { documentedTasks } from '../documented-events.ts';
import { rounds } from '../rounds.ts';
import { SIDES, type Side } from './baselines.ts';
import { stored } from './invoke-until-stored.ts';

/** What is done to the same rows one after another, by the send times of the notifications in ms. */
const STEPS = {
  new: 1_600_000_000_000,
  newer: 1_600_000_060_000,
  again: 1_600_000_060_000,
} as const;
export type Step = keyof typeof STEPS;

/** What this process is to measure. */
export interface Task {
  readonly rounds: number;
  readonly steps: readonly Step[];
  readonly batches: readonly { readonly size: number; readonly count: number }[];
}

export interface Sample {
  readonly size: number;
  readonly side: Side;
  readonly step: Step;
  /** CPU time of the process in us, and time that passed in s, a record. */
  readonly cpu: number;
  readonly seconds: number;
}

process.once('message', async ({ task }: { task: Task }) => {
  const { rounds: count, steps, batches } = task;
  const sides = await Promise.all(
    Object.entries(SIDES).map(async ([side, load]) => ({
      side: side as Side,
      handler: (await load()).handler as Handler,
    })),
  );
  for (const { handler } of sides) await sample(handler, steps, WARM_UP.size, WARM_UP.count);
  for (const { size, count: events } of batches) {
    const samples = await rounds(count, sides, ({ handler }) =>
      sample(handler, steps, size, events),
    );
    for (const [{ side }, taken] of samples) {
      for (const each of taken.flat()) process.send?.({ size, side, ...each } satisfies Sample);
    }
  }
  process.disconnect();
});

const WARM_UP = { size: 100, count: 10 };

/** Each step with as many events of as many records each, on rows of their own. */
async function sample(handler: Handler, steps: readonly Step[], size: number, count: number) {
  const jobs = Array.from({ length: count }, () => randomUUID());
  const samples = [];
  for (const step of steps) {
    const events = jobs.map((job) => documentedTasks(job, size, STEPS[step]));
    samples.push({ step, ...(await invoke(handler, events, size * count)) });
  }
  return samples;
}

async function invoke(handler: Handler, events: readonly SQSEvent[], records: number) {
  globalThis.gc?.(); // what others have left behind
  const cpu = process.cpuUsage();
  const begin = performance.now();
  for (const event of events) await stored(handler, event);
  const seconds = (performance.now() - begin) / 1_000;
  const { user, system } = process.cpuUsage(cpu);
  return { cpu: (user + system) / records, seconds: seconds / records };
}
