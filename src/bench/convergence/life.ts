import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Patience } from '../../patience.ts';
import type { Random } from '../random.ts';
import type { Steps } from './steps.ts';

/** How many of a hundred invocations are killed. */
const KILLED = 30;
/** At which of its writes, at the latest. */
const LAST_WRITE = 4;

type Command = Parameters<DynamoDBClient['send']>[0];

/**
 * One invocation's life: each request it makes is a step, and it may be killed at one of its writes,
 * before DynamoDB got it or after, so that nothing it would do then is done.
 */
export class Life {
  readonly #steps: Steps;
  readonly #random: Random;
  readonly #death = Promise.withResolvers<'killed'>();
  readonly #killedAt: number;
  readonly #killedBefore: boolean;
  #writes = 0;
  #isOver = false;

  constructor(steps: Steps, random: Random) {
    this.#steps = steps;
    this.#random = random;
    this.#killedAt = random.chance(KILLED) ? random.int(1, LAST_WRITE) : 0;
    this.#killedBefore = random.chance(50);
  }

  /** Resolves if it is killed. */
  get death(): Promise<'killed'> {
    return this.#death.promise;
  }

  /** Never out of time; a pause is a step like all others. */
  get patience(): Patience {
    return {
      signal: new AbortController().signal,
      pause: () => this.#live(async () => undefined),
    };
  }

  /** A client as this invocation has it. */
  client(real: DynamoDBClient): DynamoDBClient {
    const send = (command: Command) => this.#live(() => this.#request(command, real));
    return Object.create(real, { send: { value: send } });
  }

  async #request(command: Command, real: DynamoDBClient): Promise<unknown> {
    const isLast = isWrite(command) && ++this.#writes === this.#killedAt;
    if (isLast && this.#killedBefore) return this.#end();
    // What was under way when it ended arrives, or does not.
    if (this.#isOver && this.#random.chance(50)) return undefined;
    const answer = await real.send(command);
    if (isLast) this.#end();
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
