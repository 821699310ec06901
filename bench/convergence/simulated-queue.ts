import type { Random } from '../../src/local/farm/random.ts';

/** The most messages per invocation: the stack's default batch size. */
const MAX_BATCH_SIZE = 500;

/**
 * A standard queue at its worst: some messages are delivered twice, most near their position and some far
 * behind it, in batches of any size.
 */
export class SimulatedQueue<Message> {
  readonly #batches: Message[][];

  constructor(messages: readonly Message[], random: Random) {
    this.#batches = cutIntoBatches(disorder(messages, random), random);
  }

  /** The next batch; `undefined` once the queue is empty. */
  receive(): Message[] | undefined {
    return this.#batches.shift();
  }

  /** Redelivers messages some time later. */
  redeliver(messages: readonly Message[], random: Random): void {
    for (const batch of cutIntoBatches(messages, random)) {
      this.#batches.splice(random.int(0, this.#batches.length), 0, batch);
    }
  }
}

function disorder<Message>(messages: readonly Message[], random: Random): Message[] {
  return messages
    .flatMap((message, place) => (random.chance(20) ? [0, 1] : [0]).map(() => ({ message, place })))
    .map(({ message, place }) => ({ message, order: place + lag(messages.length, random) }))
    .sort((a, b) => a.order - b.order)
    .map(({ message }) => message);
}

/** How many positions late a message is delivered. */
function lag(count: number, random: Random): number {
  if (random.chance(70)) return random.int(0, 50);
  return random.int(0, random.chance(80) ? 1_000 : count);
}

/** Half of the batches are small, as on a quiet farm; the others have any size. */
function cutIntoBatches<Message>(messages: readonly Message[], random: Random): Message[][] {
  const batches: Message[][] = [];
  for (let start = 0; start < messages.length; ) {
    const size = random.int(1, random.chance(50) ? 20 : MAX_BATCH_SIZE);
    batches.push(messages.slice(start, start + size));
    start += size;
  }
  return batches;
}
