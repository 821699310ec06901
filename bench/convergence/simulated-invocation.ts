import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Random } from '../../src/local/farm/random.ts';
import type { Retry } from '../../src/shared/retry.ts';
import type { SeededScheduler } from './seeded-scheduler.ts';

/** Invocations that are killed, in percent, and the last write at which that can happen. */
const PERCENT_KILLED = 30;
const LAST_FATAL_WRITE = 4;
/** Invocations that run out of time, in percent, and the last request at which that can happen. */
const PERCENT_LATE = 20;
const LAST_LATE_REQUEST = 8;

type Command = Parameters<DynamoDBClient['send']>[0];

/**
 * An invocation whose requests are steps of the scheduler. It may be killed at a write, just before or after
 * DynamoDB receives it. Or it may run out of time at a request, and then must report the records that it
 * does not know to be stored.
 */
export class SimulatedInvocation {
  readonly #scheduler: SeededScheduler;
  readonly #random: Random;
  readonly #killed = Promise.withResolvers<'killed'>();
  readonly #fatalWrite: number;
  readonly #isKilledBeforeWrite: boolean;
  readonly #lateRequest: number;
  readonly #late = new AbortController();
  #requests = 0;
  #writes = 0;
  #isKilled = false;

  constructor(scheduler: SeededScheduler, random: Random) {
    this.#scheduler = scheduler;
    this.#random = random;
    this.#fatalWrite = random.chance(PERCENT_KILLED) ? random.int(1, LAST_FATAL_WRITE) : 0;
    this.#isKilledBeforeWrite = random.chance(50);
    this.#lateRequest = random.chance(PERCENT_LATE) ? random.int(1, LAST_LATE_REQUEST) : 0;
  }

  /** Resolves when it is killed. */
  get killed(): Promise<'killed'> {
    return this.#killed.promise;
  }

  /** Its time limit, and backoffs that are steps like any other. */
  get retry(): Retry {
    return {
      signal: this.#late.signal,
      backoff: () => this.#step(async () => undefined),
    };
  }

  /** The client that this invocation uses. */
  client(real: DynamoDBClient): DynamoDBClient {
    const send = (command: Command) => this.#step(() => this.#request(command, real));
    return Object.create(real, { send: { value: send } });
  }

  async #request(command: Command, real: DynamoDBClient): Promise<unknown> {
    if (++this.#requests === this.#lateRequest) this.#late.abort();
    const isFatal = isWrite(command) && ++this.#writes === this.#fatalWrite;
    if (isFatal && this.#isKilledBeforeWrite) return this.#kill();
    const { aborted: isLate } = this.#late.signal;
    // A request in progress at the end may or may not arrive.
    const arrives = !(this.#isKilled || isLate) || this.#random.chance(50);
    const answer = arrives ? await real.send(command) : undefined;
    if (isFatal) this.#kill();
    this.#late.signal.throwIfAborted();
    return answer;
  }

  #kill(): void {
    this.#isKilled = true;
    this.#killed.resolve('killed');
  }

  /** Runs a step. If the invocation is killed, it never gets the result. */
  async #step<T>(work: () => Promise<T>): Promise<T> {
    const result = await this.#scheduler.schedule(work);
    return this.#isKilled ? new Promise(() => undefined) : result;
  }
}

function isWrite(command: Command): boolean {
  return !command.constructor.name.startsWith('BatchGet');
}
