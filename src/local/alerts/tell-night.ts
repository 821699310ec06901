import { setTimeout } from 'node:timers/promises';
import type { Handler } from '../event-source.ts';
import { countFarm, type LoadedFarm, loadBatch } from '../farm/load-farm.ts';
import type { FarmNotification } from '../farm/simulate-farm.ts';
import type { LocalAlerts } from './local-alerts.ts';

/** Deadline sends all that it noticed at once, once a minute: what is sent within this time, in ms, is one burst. */
const BURST = 30_000;

/** How long to wait before what failed is tried again, in ms. */
const PAUSE = 250;

/**
 * Passes a night to the function as it came, and has alerts tell it by the night's own clock: so they gather what
 * they would have gathered, and nothing is late.
 *
 * @throws CannotStart if the function reports batch item failures
 */
export async function tellNight(
  night: readonly FarmNotification[],
  handler: Handler,
  { source, clock, window }: Pick<LocalAlerts, 'source' | 'clock' | 'window'>,
  signal?: AbortSignal,
): Promise<LoadedFarm> {
  const usual = clock.now;
  let now = 0;
  clock.now = () => now;
  try {
    let isDone = true;
    for (const burst of bursts(night)) {
      signal?.throwIfAborted();
      now = (burst[0] as FarmNotification).sent;
      if (!isDone) await source.poll();
      await loadBatch(burst, handler);
      isDone = await source.poll();
    }
    for (now += window; !(await source.poll()); ) await setTimeout(PAUSE, undefined, { signal });
  } finally {
    clock.now = usual;
  }
  return countFarm(night);
}

/** @param night in order of sending */
function bursts(night: readonly FarmNotification[]): FarmNotification[][] {
  const all: FarmNotification[][] = [];
  for (const notification of night) {
    const [first] = all.at(-1) ?? [];
    if (first !== undefined && notification.sent - first.sent < BURST)
      all.at(-1)?.push(notification);
    else all.push([notification]);
  }
  return all;
}
