import type { JobNotification, TaskNotification } from '../../shared/documented-fields.ts';
import { timestamp } from './deadline-times.ts';
import { planJobs } from './job-plan.ts';
import { machines } from './machines.ts';
import { Random } from './random.ts';
import { type Happening, night } from './simulate-rendering.ts';

const MINUTE = 60_000;

export interface FarmOptions {
  /** A whole number from 0 to 2^32 - 1. */
  readonly seed: number;
  /** When the night ends, in ms since the epoch: what is not sent by then is left out. */
  readonly end: number;
  /** How long it is. */
  readonly hours?: number;
  /** How many are submitted in it. */
  readonly jobs?: number;
}

export interface FarmNotification {
  /** When SQS gets it, in ms since the epoch. */
  readonly sent: number;
  readonly body: JobNotification | TaskNotification;
}

/**
 * What a render farm sends in a night, in the order of sending: jobs that are completed, that fail,
 * that a user suspends or deletes, and that are still rendered at its end. The same options make the
 * same night.
 */
export function farm({ seed, end, hours = 12, jobs = 40 }: FarmOptions): FarmNotification[] {
  const random = new Random(seed);
  const length = Math.round(hours * 60 * MINUTE);
  const start = end - length;
  const happenings = night(
    planJobs(jobs, start, length, random),
    machines(start, length, random),
    { start, end },
    random,
  );
  return [...send(happenings, random)].filter(({ sent }) => sent <= end);
}

/**
 * Sends as Deadline does: each thing is noted some tenths of a second after it happened, and once a
 * minute all that was noted is sent, one after another.
 */
function* send(happenings: Iterable<Happening>, random: Random): Generator<FarmNotification> {
  const phase = random.int(0, MINUTE - 1);
  let noted = 0;
  let sent = 0;
  for (const { at, body } of happenings) {
    noted = Math.max(noted + 1, at + random.int(50, 700));
    const burst = Math.ceil((noted - phase) / MINUTE) * MINUTE + phase;
    sent = Math.max(sent, burst) + random.int(1, 9);
    const ticks = BigInt(noted) * 10_000n + BigInt(random.int(0, 9_999));
    yield { sent, body: { ...body, Timestamp: timestamp(ticks) } };
  }
}
