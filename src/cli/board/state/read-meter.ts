import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';

const [MINUTE, HOUR] = [60_000, 3_600_000];
/** How far back reads count, in ms. */
const WINDOW = 10 * MINUTE;

/** Counts the read units that DynamoDB says its answers consumed. */
export class ReadMeter {
  readonly #now: () => number;
  /** Units by the minute in which they were consumed. */
  readonly #minutes = new Map<number, number>();

  /** @param now the time in ms since the epoch */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Read units of the last ten minutes, as many as they would be in an hour. */
  get unitsPerHour(): number {
    this.#forget();
    const sum = this.#minutes.values().reduce((total, units) => total + units, 0);
    return (sum * HOUR) / WINDOW;
  }

  /** Has DynamoDB tell with each answer of a client what it consumed. */
  attach({ middlewareStack }: DynamoDBClient): void {
    middlewareStack.add(
      (next) => async (args) => {
        const result = await next({
          ...args,
          input: { ...args.input, ReturnConsumedCapacity: 'TOTAL' },
        } as typeof args);
        this.#add((result.output as Consumed).ConsumedCapacity);
        return result;
      },
      { step: 'initialize', name: 'readMeter', priority: 'high' },
    );
  }

  #add(consumed: Consumed['ConsumedCapacity'] = []): void {
    const minute = Math.floor(this.#now() / MINUTE);
    for (const { CapacityUnits = 0 } of [consumed].flat()) {
      this.#minutes.set(minute, (this.#minutes.get(minute) ?? 0) + CapacityUnits);
    }
    this.#forget();
  }

  #forget(): void {
    const first = Math.floor((this.#now() - WINDOW) / MINUTE);
    for (const minute of this.#minutes.keys()) if (minute <= first) this.#minutes.delete(minute);
  }
}

/** Of the output of a read; a list of the tables for those of several. */
interface Consumed {
  readonly ConsumedCapacity?: Capacity | readonly Capacity[];
}

interface Capacity {
  readonly CapacityUnits?: number | undefined;
}
