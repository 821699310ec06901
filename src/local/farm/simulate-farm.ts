import type { JobNotification, TaskNotification } from '../../shared/documented-fields.ts';
import { timestamp } from './deadline-times.ts';
import { planJobs } from './job-plan.ts';
import { createMachines } from './machines.ts';
import { Random } from './random.ts';
import { type FarmEvent, simulateRendering } from './simulate-rendering.ts';

const MINUTE = 60_000;

export interface FarmOptions {
  /** A whole number from 0 to 2^32 - 1. */
  readonly seed: number;
  /** The end of the night, in ms since the epoch. Nothing is sent later. */
  readonly end: number;
  readonly hours?: number;
  /** The number of jobs submitted during the night. */
  readonly jobs?: number;
}

export interface FarmNotification {
  /** When SQS receives it, in ms since the epoch. */
  readonly sent: number;
  readonly body: JobNotification | TaskNotification;
}

/**
 * Simulates a night on a render farm: jobs complete, fail, are suspended or deleted by users, or are still
 * rendering at the end. The same options give the same night.
 *
 * @returns the notifications that Deadline sends, in order of sending
 */
export function simulateFarm({
  seed,
  end,
  hours = 12,
  jobs = 40,
}: FarmOptions): FarmNotification[] {
  const random = new Random(seed);
  const length = Math.round(hours * 60 * MINUTE);
  const start = end - length;
  const events = simulateRendering(
    planJobs(jobs, start, length, random),
    createMachines(start, length, random),
    { start, end },
    random,
  );
  return [...send(events, random)].filter(({ sent }) => sent <= end);
}

/**
 * Sends as Deadline does: it notices each event a few tenths of a second later, and once a minute sends the
 * notifications of all noticed events one by one.
 */
function* send(events: Iterable<FarmEvent>, random: Random): Generator<FarmNotification> {
  const phase = random.int(0, MINUTE - 1);
  let noticed = 0;
  let sent = 0;
  for (const { at, body } of events) {
    noticed = Math.max(noticed + 1, at + random.int(50, 700));
    const burst = Math.ceil((noticed - phase) / MINUTE) * MINUTE + phase;
    sent = Math.max(sent, burst) + random.int(1, 9);
    const ticks = BigInt(noticed) * 10_000n + BigInt(random.int(0, 9_999));
    yield { sent, body: { ...body, Timestamp: timestamp(ticks) } };
  }
}
