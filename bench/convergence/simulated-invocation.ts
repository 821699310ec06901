import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Patience } from '../../src/ingest/store/retry.ts';
import type { Random } from '../../src/local/farm/random.ts';
import type { Steps } from './seeded-scheduler.ts';

/** How many of a hundred invocations are killed, and at which of their writes at the latest. */
const KILLED = 30;
const LAST_WRITE = 4;
/** How many of a hundred run out of time, and at which of their requests at the latest. */
const LATE = 20;
const LAST_REQUEST = 8;

type Command = Parameters<DynamoDBClient['send']>[0];

/**
 * One invocation's life: each request it makes is a step. It may be killed at one of its writes, before
 * DynamoDB got it or after, so that nothing it would do then is done; or run out of time at one of its
 * requests, and have to say what it does not know to be stored.
 */
export class Life {
  readonly #steps: Steps;
  readonly #random: Random;
  readonly #death = Promise.withResolvers<'killed'>();
  readonly #killedAt: number;
  readonly #killedBefore: boolean;
  readonly #lateAt: number;
  readonly #late = new AbortController();
  #requests = 0;
  #writes = 0;
  #isOver = false;

  constructor(steps: Steps, random: Random) {
    this.#steps = steps;
    this.#random = random;
    this.#killedAt = random.chance(KILLED) ? random.int(1, LAST_WRITE) : 0;
    this.#killedBefore = random.chance(50);
    this.#lateAt = random.chance(LATE) ? random.int(1, LAST_REQUEST) : 0;
  }

  /** Resolves if it is killed. */
  get death(): Promise<'killed'> {
    return this.#death.promise;
  }

  /** A pause is a step like all others. */
  get patience(): Patience {
    return {
      signal: this.#late.signal,
      pause: () => this.#live(async () => undefined),
    };
  }

  /** A client as this invocation has it. */
  client(real: DynamoDBClient): DynamoDBClient {
    const send = (command: Command) => this.#live(() => this.#request(command, real));
    return Object.create(real, { send: { value: send } });
  }

  async #request(command: Command, real: DynamoDBClient): Promise<unknown> {
    if (++this.#requests === this.#lateAt) this.#late.abort();
    const isLast = isWrite(command) && ++this.#writes === this.#killedAt;
    if (isLast && this.#killedBefore) return this.#end();
    const { aborted: isLate } = this.#late.signal;
    // What was under way when it ended arrives, or does not.
    const arrives = !(this.#isOver || isLate) || this.#random.chance(50);
    const answer = arrives ? await real.send(command) : undefined;
    if (isLast) this.#end();
    this.#late.signal.throwIfAborted();
    return answer;
  }

  #end(): void {
    this.#isOver = true;
    this.#death.resolve('killed');
  }

  /** Takes a step; nothing follows from it where the life is over. */
  async #live<T>(work: () => Promise<T>): Promise<T> {
    const result = await this.#steps.take(work);
    return this.#isOver ? new Promise(() => undefined) : result;
  }
}

function isWrite(command: Command): boolean {
  return !command.constructor.name.startsWith('BatchGet');
}
