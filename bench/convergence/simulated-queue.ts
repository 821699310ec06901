import type { Random } from '../../src/local/farm/random.ts';

/** How many messages one invocation gets at most: the stack's batch size. */
const LARGEST_BATCH = 500;

/**
 * What a Standard queue may make of messages: delivers each at least once, some twice, and most near
 * their place, some far behind it.
 */
export function disordered<T>(messages: readonly T[], random: Random): T[] {
  return messages
    .flatMap((message, place) => (random.chance(20) ? [0, 1] : [0]).map(() => ({ message, place })))
    .map(({ message, place }) => ({ message, order: place + lag(messages.length, random) }))
    .sort((a, b) => a.order - b.order)
    .map(({ message }) => message);
}

/** Cuts messages into batches: half of them of a quiet farm's size, half of any. */
export function batches<T>(messages: readonly T[], random: Random): T[][] {
  const all: T[][] = [];
  for (let start = 0; start < messages.length; ) {
    const size = random.int(1, random.chance(50) ? 20 : LARGEST_BATCH);
    all.push(messages.slice(start, start + size));
    start += size;
  }
  return all;
}

function lag(count: number, random: Random): number {
  if (random.chance(70)) return random.int(0, 50);
  return random.int(0, random.chance(80) ? 1_000 : count);
}
