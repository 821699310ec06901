import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { span } from '../../../terminal/time.ts';

/** Answers tell the time to a second, and take a while: a smaller difference is none, in ms. */
const LEAST = 10_000;
/** A difference that changes by less stays as it is, in ms. */
const STEADY = 2_000;

/** The time as AWS has it, by its answers: this machine's clock may be wrong. */
export class AwsClock {
  readonly #local: () => number;
  #ahead = 0;

  /** @param local this machine's time, in ms since the epoch */
  constructor(local: () => number = Date.now) {
    this.#local = local;
  }

  /** In ms since the epoch. */
  readonly now = (): number => this.#local() + this.#ahead;

  /** Says that the clocks differ; `undefined` if they do not. */
  get note(): string | undefined {
    if (this.#ahead === 0) return undefined;
    const side = this.#ahead > 0 ? 'behind' : 'ahead of';
    const difference = LEAST * Math.round(Math.abs(this.#ahead) / LEAST);
    return `This machine's clock is ${span(difference)} ${side} AWS; times are corrected.`;
  }

  /** Reads the time of all answers to a client, refusals too. */
  attach({ middlewareStack }: DynamoDBClient): void {
    middlewareStack.add(
      (next) => async (args) => {
        try {
          const result = await next(args);
          this.#read(result.response);
          return result;
        } catch (error) {
          this.#read((error as { $response?: unknown }).$response);
          throw error;
        }
      },
      { step: 'initialize', name: 'awsClock', priority: 'high' },
    );
  }

  #read(response: unknown): void {
    const { headers = {} } = (response ?? {}) as { headers?: Record<string, string> };
    const time = Date.parse(headers.date ?? '');
    if (Number.isNaN(time)) return;
    const ahead = time + 500 - this.#local(); // the middle of its second
    if (Math.abs(ahead) < LEAST) this.#ahead = 0;
    else if (Math.abs(ahead - this.#ahead) > STEADY) this.#ahead = ahead;
  }
}
