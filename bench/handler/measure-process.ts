import { randomUUID } from 'node:crypto';
import type { SQSEvent } from 'aws-lambda';
import type { Handler } from '../../src/local/event-source.ts';
import { documentedEvent } from '../documented-events.ts';
import { measureInRounds } from '../rounds.ts';
import { HANDLER_NAMES, HANDLERS } from './baselines.ts';
import { invokeUntilStored } from './invoke-until-stored.ts';
import type { Measurement, Sample, Step } from './measure.ts';

/** When the notifications of each step were sent, in ms since the epoch. */
const SENT: Readonly<Record<Step, number>> = {
  new: 1_600_000_000_000,
  newer: 1_600_000_060_000,
  again: 1_600_000_060_000,
};

const WARM_UP = { size: 100, count: 10 };

process.once('message', async ({ task }: { task: Measurement }) => {
  const { rounds, steps, batches } = task;
  const handlers = await Promise.all(
    HANDLER_NAMES.map(async (name) => ({ name, handler: (await HANDLERS[name]()).handler })),
  );
  for (const { handler } of handlers) await measure(handler, steps, WARM_UP.size, WARM_UP.count);
  for (const { size, count } of batches) {
    const samples = await measureInRounds(rounds, handlers, ({ handler }) =>
      measure(handler, steps, size, count),
    );
    for (const [{ name }, taken] of samples) {
      for (const sample of taken.flat()) {
        process.send?.({ handler: name, batchSize: size, ...sample } satisfies Sample);
      }
    }
  }
  process.disconnect();
});

/** Runs all steps with new rows. */
async function measure(handler: Handler, steps: readonly Step[], size: number, count: number) {
  const jobs = Array.from({ length: count }, () => randomUUID());
  const samples = [];
  for (const step of steps) {
    const events = jobs.map((job) => documentedEvent(job, size, SENT[step]));
    samples.push({ step, ...(await invokeAll(handler, events, size * count)) });
  }
  return samples;
}

async function invokeAll(handler: Handler, events: readonly SQSEvent[], records: number) {
  globalThis.gc?.(); // collects the garbage of earlier measurements
  const cpu = process.cpuUsage();
  const begin = performance.now();
  for (const event of events) await invokeUntilStored(handler, event);
  const seconds = (performance.now() - begin) / 1_000;
  const { user, system } = process.cpuUsage(cpu);
  return { cpu: (user + system) / records, seconds: seconds / records };
}
